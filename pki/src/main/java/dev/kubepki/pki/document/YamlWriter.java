package dev.kubepki.pki.document;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes YAML byte for byte as sigs.k8s.io/yaml does, and so kubectl and kubeadm: lists at the level of their name,
/// names sorted, quotes only where the text would be read as something else.
public final class YamlWriter {
    private static final int STEP = 2;

    private final boolean sorted;

    private YamlWriter(boolean sorted) {
        this.sorted = sorted;
    }

    /// A writer that sorts each mapping's names as kubectl does.
    public static YamlWriter sorted() {
        return new YamlWriter(true);
    }

    /// A writer that leaves names in their given order.
    public static YamlWriter inOrder() {
        return new YamlWriter(false);
    }

    /// The value as YAML text, ending with a line feed.
    public String write(Node node) {
        StringBuilder out = new StringBuilder();
        lines(node, 0, STEP, out);
        return out.toString();
    }

    /// Several documents, `---` between them.
    public String writeAll(Collection<? extends Node> nodes) {
        return String.join("---\n", nodes.stream().map(this::write).toList());
    }

    private void mapping(Mapping mapping, int level, StringBuilder out) {
        boolean first = true;
        for (Mapping.Entry entry : ordered(mapping)) {
            indent(first ? 0 : level, out);
            first = false;
            boolean simple = YamlScalar.isSimpleKey(entry.key());
            if (simple) {
                YamlScalar.simpleKey(entry.key(), out);
            } else {
                YamlScalar.string(entry.key(), level + STEP, out.append("? "));
                indent(level, out);
            }
            out.append(':');
            value(entry.value(), level, simple, out);
        }
    }

    private void value(Node node, int level, boolean simple, StringBuilder out) {
        boolean several = (node instanceof Mapping mapping && !mapping.isEmpty())
                || (node instanceof Sequence sequence && !sequence.items().isEmpty());
        int inner = simple && node instanceof Sequence ? level : level + STEP;
        if (several && simple) {
            out.append('\n');
            indent(inner, out);
        } else {
            out.append(' ');
        }
        lines(node, inner, level + STEP, out);
    }

    /// A value that has lines of its own, or one that stands in a line.
    ///
    /// @param level of the lines
    /// @param inline of a text that needs several
    private void lines(Node node, int level, int inline, StringBuilder out) {
        if (node instanceof Mapping mapping && !mapping.isEmpty()) {
            mapping(mapping, level, out);
        } else if (node instanceof Sequence sequence && !sequence.items().isEmpty()) {
            sequence(sequence, level, out);
        } else {
            inline(node, inline, out);
        }
    }

    private void sequence(Sequence sequence, int level, StringBuilder out) {
        boolean first = true;
        for (Node item : sequence.items()) {
            indent(first ? 0 : level, out);
            first = false;
            out.append("- ");
            lines(item, level + STEP, level + STEP, out);
        }
    }

    private static void inline(Node node, int level, StringBuilder out) {
        if (node instanceof Scalar scalar) {
            YamlScalar.value(scalar, level, out);
        } else {
            out.append(node instanceof Mapping ? "{}\n" : "[]\n");
        }
    }

    /// A tree and not a list's sort, which throws at the circles that Go's order has (`9`, `12`, `1a`).
    private Collection<Mapping.Entry> ordered(Mapping mapping) {
        if (!sorted) {
            return mapping.entries();
        }
        SortedMap<String, Mapping.Entry> ordered = new TreeMap<>(KeyOrder.INSTANCE);
        mapping.keys().stream().sorted().forEach(key -> ordered.put(key, mapping.entry(key)));
        return ordered.values();
    }

    private static void indent(int level, StringBuilder out) {
        out.repeat(' ', level);
    }
}
