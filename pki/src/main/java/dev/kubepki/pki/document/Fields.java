package dev.kubepki.pki.document;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/// Reads a mapping's fields by name and kind. What doesn't fit goes to the [Problems] with its line, never up as an
/// exception; a field that was asked for once is known, and [#refuseUnknown] reports the rest.
///
/// A field with the value null counts as absent, as in Kubernetes' own decoders.
public final class Fields {
    private static final int LONGEST_SUGGESTED = 64;

    private final Mapping mapping;
    private final String path;
    private final Problems problems;
    private final Set<String> known = new HashSet<>();

    private Fields(Mapping mapping, String path, Problems problems) {
        this.mapping = mapping;
        this.path = path;
        this.problems = problems;
    }

    /// The fields of a node; a problem and no fields if it is no mapping. A null is a mapping without fields.
    public static Fields of(Node node, String path, Problems problems) {
        if (node instanceof Mapping mapping) {
            return new Fields(mapping, path, problems);
        }
        if (!(node instanceof Scalar scalar && scalar.isNull())) {
            problems.add(node, path, "must be fields with values, not " + node.described());
        }
        return new Fields(Mapping.of(List.of(), node.line(), node.column()), path, problems);
    }

    public Mapping mapping() {
        return mapping;
    }

    public int line() {
        return mapping.line();
    }

    /// The field's full name, as messages write it.
    public String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /// Reports a problem with a field, at its line, or at the mapping's if the field isn't there.
    public void problem(String key, String message) {
        problems.add(mapping.get(key).orElse(mapping), path(key), message);
    }

    /// Any value under the name, null left out.
    public Optional<Node> node(String key) {
        known.add(key);
        return mapping.get(key).filter(node -> !(node instanceof Scalar scalar && scalar.isNull()));
    }

    public boolean has(String key) {
        return node(key).isPresent();
    }

    /// Text. A number or a bare `yes` is a problem, as for every Kubernetes tool: it must be quoted.
    public Optional<String> string(String key) {
        return node(key).flatMap(node -> text(node, path(key)));
    }

    /// Text that must be there and not be empty.
    public Optional<String> requiredString(String key) {
        if (!has(key)) {
            problems.add(mapping, path(key), "is missing");
            return Optional.empty();
        }
        Optional<String> text = string(key);
        if (text.isPresent() && text.get().isEmpty()) {
            problem(key, "must not be empty");
            return Optional.empty();
        }
        return text;
    }

    public OptionalLong integer(String key) {
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            return OptionalLong.empty();
        }
        if (node.get() instanceof Scalar scalar && scalar.kind() == Scalar.Kind.INTEGER) {
            try {
                return OptionalLong.of(Long.parseLong(scalar.text()));
            } catch (NumberFormatException tooLarge) {
                problem(key, "is too large a number");
                return OptionalLong.empty();
            }
        }
        problem(key, "must be a whole number, not " + shown(node.get()));
        return OptionalLong.empty();
    }

    public Optional<Boolean> bool(String key) {
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (node.get() instanceof Scalar scalar && scalar.kind() == Scalar.Kind.BOOL) {
            return Optional.of(scalar.text().equals("true"));
        }
        problem(key, "must be true or false, not " + shown(node.get()));
        return Optional.empty();
    }

    /// Text that is read further; what `reader` throws as IllegalArgumentException becomes the problem's message.
    public <T> Optional<T> parsed(String key, Function<String, T> reader) {
        Optional<String> text = string(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(text.get()));
        } catch (IllegalArgumentException unreadable) {
            problem(key, String.valueOf(unreadable.getMessage()));
            return Optional.empty();
        }
    }

    /// The fields below this one, if it is there.
    public Optional<Fields> fields(String key) {
        return node(key).map(node -> of(node, path(key), problems));
    }

    /// The items of a list, none if it isn't there.
    public List<Item> items(String key) {
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof Sequence sequence)) {
            problem(key, "must be a list, not " + shown(node.get()));
            return List.of();
        }
        List<Item> items = new ArrayList<>();
        for (Node item : sequence.items()) {
            items.add(new Item(item, path(key) + "[" + items.size() + "]", problems));
        }
        return items;
    }

    /// The texts of a list of texts, without the items that aren't.
    public List<String> strings(String key) {
        return items(key).stream().map(Item::string).flatMap(Optional::stream).toList();
    }

    /// The fields of each item of a list of mappings.
    public List<Fields> each(String key) {
        return items(key).stream().map(Item::fields).toList();
    }

    /// One item of a list.
    ///
    /// @param path its full name, such as `users[2]`
    public record Item(Node node, String path, Problems problems) {
        public Optional<String> string() {
            return text(node, path, problems);
        }

        public Fields fields() {
            return Fields.of(node, path, problems);
        }

        public void problem(String message) {
            problems.add(node, path, message);
        }
    }

    /// The fields that nobody asked for yet.
    public List<Mapping.Entry> unknown() {
        return mapping.entries().stream()
                .filter(entry -> !known.contains(entry.key()))
                .toList();
    }

    /// Reports every field that nobody asked for, with the nearest known name where there is one.
    public void refuseUnknown() {
        for (Mapping.Entry entry : unknown()) {
            problems.add(entry.line(), path(entry.key()), "is not a known field" + suggestion(entry.key()));
        }
    }

    private String suggestion(String key) {
        if (key.length() > LONGEST_SUGGESTED) {
            return "";
        }
        return known.stream()
                .filter(name -> !mapping.keys().contains(name))
                .filter(name -> distance(name, key) <= Math.max(1, key.length() / 4))
                .sorted()
                .findFirst()
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                boolean same = Character.toLowerCase(left.charAt(i - 1)) == Character.toLowerCase(right.charAt(j - 1));
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }

    private Optional<String> text(Node node, String where) {
        return text(node, where, problems);
    }

    private static Optional<String> text(Node node, String where, Problems problems) {
        if (node instanceof Scalar scalar && scalar.isString()) {
            return Optional.of(scalar.text());
        }
        String hint = node instanceof Scalar scalar && !scalar.isNull() ? "; put it in quotes" : "";
        problems.add(node, where, "must be text, not " + shown(node) + hint);
        return Optional.empty();
    }

    /// Names the kind only, never the value: fields may hold secrets.
    private static String shown(Node node) {
        return node.described();
    }
}
