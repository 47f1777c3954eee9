package dev.kubepki.pki.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;

/// Writes JSON byte for byte as Go's encoding/json does, and so kubectl: `<`, `>` and `&` escaped, 4 blanks a level.
public final class JsonWriter {
    private static final HexFormat HEX = HexFormat.of();

    private final int indent;
    private final boolean sorted;

    private JsonWriter(int indent, boolean sorted) {
        this.indent = indent;
        this.sorted = sorted;
    }

    /// A writer of lines, `indent` blanks a level, names in their given order; kubectl's indent is 4.
    public static JsonWriter indented(int indent) {
        return new JsonWriter(indent, false);
    }

    /// A writer of everything on one line without blanks.
    public static JsonWriter compact() {
        return new JsonWriter(-1, false);
    }

    /// This writer with each mapping's names sorted.
    public JsonWriter sorted() {
        return new JsonWriter(indent, true);
    }

    /// The value as JSON text, a line feed at its end unless compact.
    public String write(Node node) {
        StringBuilder out = new StringBuilder();
        write(node, 0, out);
        return out.append(indent < 0 ? "" : "\n").toString();
    }

    private void write(Node node, int level, StringBuilder out) {
        switch (node) {
            case Scalar scalar when scalar.isString() -> string(scalar.text(), out);
            case Scalar scalar -> out.append(scalar.text());
            case Sequence sequence -> sequence(sequence, level, out);
            case Mapping mapping -> mapping(mapping, level, out);
        }
    }

    private void sequence(Sequence sequence, int level, StringBuilder out) {
        if (sequence.items().isEmpty()) {
            out.append("[]");
            return;
        }
        out.append('[');
        for (Iterator<Node> items = sequence.items().iterator(); items.hasNext(); ) {
            line(level + 1, out);
            write(items.next(), level + 1, out);
            out.append(items.hasNext() ? "," : "");
        }
        line(level, out);
        out.append(']');
    }

    private void mapping(Mapping mapping, int level, StringBuilder out) {
        if (mapping.isEmpty()) {
            out.append("{}");
            return;
        }
        out.append('{');
        for (Iterator<Mapping.Entry> entries = ordered(mapping).iterator(); entries.hasNext(); ) {
            Mapping.Entry entry = entries.next();
            line(level + 1, out);
            string(entry.key(), out);
            out.append(indent < 0 ? ":" : ": ");
            write(entry.value(), level + 1, out);
            out.append(entries.hasNext() ? "," : "");
        }
        line(level, out);
        out.append('}');
    }

    private Collection<Mapping.Entry> ordered(Mapping mapping) {
        return sorted
                ? mapping.entries().stream()
                        .sorted(Comparator.comparing(Mapping.Entry::key))
                        .toList()
                : mapping.entries();
    }

    private void line(int level, StringBuilder out) {
        if (indent >= 0) {
            out.append('\n').repeat(' ', level * indent);
        }
    }

    private static void string(String value, StringBuilder out) {
        String text = Characters.wellFormed(value);
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '<', '>', '&', '\u2028', '\u2029' -> escaped(c, out);
                default -> {
                    if (c < ' ') {
                        escaped(c, out);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static void escaped(char c, StringBuilder out) {
        out.append("\\u").append(HEX.toHexDigits(c));
    }
}
