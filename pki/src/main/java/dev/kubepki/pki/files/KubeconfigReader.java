package dev.kubepki.pki.files;

import dev.kubepki.pki.document.DocumentFailure;
import dev.kubepki.pki.document.Documents;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Scalar;
import dev.kubepki.pki.document.Sequence;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads a kubeconfig's text and refuses what kubectl refuses too.
final class KubeconfigReader {
    private final Path file;
    private final Mapping root;

    private KubeconfigReader(Path file, Mapping root) {
        this.file = file;
        this.root = root;
    }

    static Kubeconfig read(Path file, byte[] content) {
        return new KubeconfigReader(file, root(file, content)).kubeconfig();
    }

    private static Mapping root(Path file, byte[] content) {
        try {
            Node root = Documents.readOne(file.toString(), content).root();
            if (root instanceof Mapping mapping) {
                return mapping;
            }
            if (isNull(root)) {
                return Mapping.of();
            }
            throw new KubeconfigFailure(file, root.line(), "", "is not a kubeconfig");
        } catch (DocumentFailure unreadable) {
            throw new KubeconfigFailure(String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    private Kubeconfig kubeconfig() {
        check("apiVersion", List.of("", "v1"));
        check("kind", List.of("", "Config"));
        text(root, "current-context", "");
        return new Kubeconfig(
                file, root, entries(EntryKind.CLUSTER), entries(EntryKind.CONTEXT), entries(EntryKind.USER));
    }

    private void check(String field, List<String> known) {
        Optional<String> value = text(root, field, "");
        if (value.isPresent() && !known.contains(value.get())) {
            String message = "must be " + known.getLast() + " in a kubeconfig";
            throw new KubeconfigFailure(file, line(root, field), field, message);
        }
    }

    private SortedMap<String, NamedEntry> entries(EntryKind kind) {
        SortedMap<String, NamedEntry> entries = new TreeMap<>();
        Node list = root.get(kind.list()).orElse(Scalar.none());
        if (isNull(list)) {
            return entries;
        }
        if (!(list instanceof Sequence sequence)) {
            throw new KubeconfigFailure(file, list.line(), kind.list(), "must be a list, not " + list.described());
        }
        for (Node item : sequence.items()) {
            NamedEntry entry = entry(kind, item);
            if (entries.putIfAbsent(entry.name(), entry) != null) {
                throw new KubeconfigFailure(
                        file, item.line(), kind.list(), "holds " + kind.described() + " " + entry.name() + " twice");
            }
        }
        return entries;
    }

    private NamedEntry entry(EntryKind kind, Node item) {
        if (!(item instanceof Mapping mapping)) {
            throw new KubeconfigFailure(file, item.line(), kind.list(), "holds " + item.described());
        }
        String name = text(mapping, "name", kind.list() + ".").orElse("");
        Mapping fields = fields(kind, mapping.get(kind.field()).orElse(Scalar.none()));
        for (String field : kind.textFields()) {
            text(fields, field, kind.list() + "[" + name + "].");
        }
        return new NamedEntry(file, kind, name, fields, mapping.without("name").without(kind.field()));
    }

    private Mapping fields(EntryKind kind, Node node) {
        if (node instanceof Mapping fields) {
            return fields;
        }
        if (isNull(node)) {
            return Mapping.of();
        }
        throw new KubeconfigFailure(
                file, node.line(), kind.field(), "must be fields with values, not " + node.described());
    }

    private Optional<String> text(Mapping mapping, String field, String path) {
        Node node = mapping.get(field).orElse(Scalar.none());
        if (isNull(node)) {
            return Optional.empty();
        }
        if (node instanceof Scalar scalar && scalar.isString()) {
            return Optional.of(scalar.text());
        }
        throw new KubeconfigFailure(file, line(mapping, field), path + field, "must be text, not " + node.described());
    }

    private static int line(Mapping mapping, String field) {
        return mapping.get(field).map(Node::line).orElse(mapping.line());
    }

    private static boolean isNull(Node node) {
        return node instanceof Scalar scalar && scalar.isNull();
    }
}
