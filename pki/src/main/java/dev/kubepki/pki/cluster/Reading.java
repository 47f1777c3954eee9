package dev.kubepki.pki.cluster;

import dev.kubepki.pki.document.Fields;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Problems;
import dev.kubepki.pki.document.Scalar;
import dev.kubepki.pki.document.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// One reading of one description: where problems and notices go, and how lists and choices are read.
final class Reading {
    /// A value with the place where it was written.
    record Found<T>(T value, int line, String path) {}

    private final Problems problems;
    private final List<Notice> notices = new ArrayList<>();
    private final Supplier<Host> host;

    Reading(String file, Supplier<Host> host) {
        this.problems = new Problems(file);
        this.host = host;
    }

    Problems problems() {
        return problems;
    }

    void problem(int line, String path, String message) {
        problems.add(line, path, message);
    }

    void problem(Found<?> where, String message) {
        problems.add(where.line, where.path, message);
    }

    void warn(int line, String path, String message) {
        notices.add(new Notice(Notice.Kind.WARNING, problems.file(), line, path, message));
    }

    void warn(Found<?> where, String message) {
        warn(where.line, where.path, message);
    }

    void warn(Fields fields, String key, String message) {
        warn(lineOf(fields, key), fields.path(key), message);
    }

    void note(int line, String path, String message) {
        notices.add(new Notice(Notice.Kind.NOTE, problems.file(), line, path, message));
    }

    void ignored(int line, String path, String message) {
        notices.add(new Notice(Notice.Kind.IGNORED, problems.file(), line, path, message));
    }

    /// The host on which kubepki runs, with a note of where its name came from.
    Host thisHost(int line, String path) {
        Host found = host.get();
        try {
            Texts.nodeName(found.name());
        } catch (IllegalArgumentException noNodeName) {
            problem(line, path, "this host's name can't be a node's, so write it: " + noNodeName.getMessage());
        }
        List<String> addresses = found.addresses().stream().map(IpAddress::text).toList();
        note(line, path, "not written, so this host is meant: " + found.name() + " at " + Words.all(addresses));
        found.notes().forEach(text -> note(line, path, text));
        return found;
    }

    /// The line of a field's name; the mapping's own if the field isn't there.
    static int lineOf(Fields fields, String key) {
        return fields.mapping().entries().stream()
                .filter(entry -> entry.key().equals(key))
                .mapToInt(Mapping.Entry::line)
                .findFirst()
                .orElse(fields.line());
    }

    /// The items of a list, or the one text that stands in its place, each read; what can't be read is a problem.
    <T> List<Found<T>> values(Fields fields, String key, Function<String, T> reader) {
        Optional<Node> node = fields.node(key);
        if (node.isEmpty()) {
            return List.of();
        }
        List<Found<T>> found = new ArrayList<>();
        if (!(node.get() instanceof Sequence)) {
            fields.parsed(key, reader)
                    .ifPresent(value -> found.add(new Found<>(value, lineOf(fields, key), fields.path(key))));
            return found;
        }
        for (Fields.Item item : fields.items(key)) {
            value(item, reader)
                    .ifPresent(value -> found.add(new Found<>(value, item.node().line(), item.path())));
        }
        return found;
    }

    private static <T> Optional<T> value(Fields.Item item, Function<String, T> reader) {
        boolean nothing = item.node() instanceof Scalar scalar && scalar.isNull();
        Optional<String> text = nothing ? Optional.of("") : item.string();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader.apply(text.get()));
        } catch (IllegalArgumentException unreadable) {
            item.problem(String.valueOf(unreadable.getMessage()));
            return Optional.empty();
        }
    }

    /// A list of further SANs: read, made canonical, each once.
    List<String> sans(Fields fields, String key) {
        Set<String> seen = new HashSet<>();
        List<String> sans = new ArrayList<>();
        for (Found<String> san : values(fields, key, Texts::san)) {
            if (seen.add(san.value)) {
                sans.add(san.value);
            } else {
                warn(san, "'" + san.value + "' is there twice");
            }
        }
        return sans;
    }

    /// One of a few words.
    static <T> Optional<T> choice(Fields fields, String key, List<T> values, Function<T, String> label) {
        return fields.parsed(key, text -> {
            List<String> labels = values.stream().map(label).toList();
            int index = labels.indexOf(text);
            if (index < 0) {
                throw new IllegalArgumentException("'" + Texts.shown(text) + "' is not " + Words.any(labels));
            }
            return values.get(index);
        });
    }

    static Optional<Integer> port(Fields fields, String key) {
        OptionalLong number = fields.integer(key);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Texts.port(number.getAsLong()));
        } catch (IllegalArgumentException noPort) {
            fields.problem(key, String.valueOf(noPort.getMessage()));
            return Optional.empty();
        }
    }

    Parsed valid(ClusterConfig config) {
        return new Parsed.Valid(config, sortedNotices());
    }

    Parsed invalid() {
        return new Parsed.Invalid(problems.list(), sortedNotices());
    }

    private List<Notice> sortedNotices() {
        return notices.stream()
                .sorted((a, b) -> Integer.compare(a.line(), b.line()))
                .toList();
    }
}
