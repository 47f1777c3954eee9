package dev.kubepki.pki.files;

import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Scalar;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// One entry of a kubeconfig's three lists, with everything that it holds, known or not.
///
/// @param file the kubeconfig that it was read from, whose folder is the base of relative paths
/// @param outer what stands beside the name and the fields
record NamedEntry(Path file, EntryKind kind, String name, Mapping fields, Mapping outer) {
    static NamedEntry made(EntryKind kind, String name) {
        return new NamedEntry(Path.of(""), kind, name, Mapping.of(), Mapping.of());
    }

    NamedEntry with(Mapping changed) {
        return new NamedEntry(file, kind, name, changed, outer);
    }

    NamedEntry named(String other) {
        return new NamedEntry(file, kind, other, fields, outer);
    }

    Optional<String> text(String field) {
        return fields.string(field).filter(text -> !text.isEmpty());
    }

    /// The PEM that a field holds or names; like kubectl, what is embedded wins over a path.
    Optional<KubeconfigPem> pem(String field) {
        Optional<KubeconfigPem> embedded = text(field + "-data").map(data -> embedded(field + "-data", data));
        return embedded.or(() -> text(field).map(path -> new KubeconfigPem.InFile(resolved(field, path))));
    }

    /// The path that a field names, from the folder of the kubeconfig.
    Optional<Path> path(String field) {
        return text(field).map(path -> resolved(field, path));
    }

    Path folder() {
        return folder(file);
    }

    NamedEntry withEmbedded(String field, byte[] pem) {
        String data = Base64.getEncoder().encodeToString(pem);
        return with(fields.without(field).with(field + "-data", data));
    }

    NamedEntry withFile(String field, Path path) {
        String absolute = path.toAbsolutePath().normalize().toString();
        return with(fields.without(field + "-data").with(field, absolute));
    }

    /// This entry as it belongs into another kubeconfig: paths below that one's folder relative to it, others absolute,
    /// as kubectl writes the entries that it changes.
    NamedEntry rebased(Path target) {
        Mapping moved = fields;
        Path base = folder(target);
        for (String field : kind.pathFields()) {
            Optional<String> text = text(field);
            if (text.isPresent()) {
                Path path = resolved(field, text.get());
                moved = moved.with(field, (path.startsWith(base) ? base.relativize(path) : path).toString());
            }
        }
        return new NamedEntry(target, kind, name, moved, outer);
    }

    private KubeconfigPem embedded(String field, String data) {
        try {
            // Go's decoder skips line ends, and nothing else
            byte[] pem = Base64.getDecoder().decode(data.replace("\r", "").replace("\n", ""));
            return new KubeconfigPem.Embedded(pem);
        } catch (IllegalArgumentException notBase64) {
            throw failure(field, "is not base64");
        }
    }

    private Path resolved(String field, String path) {
        try {
            return folder(file).resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw failure(field, "is not a path");
        }
    }

    KubeconfigFailure failure(String field, String message) {
        int line = fields.get(field).map(Node::line).orElse(fields.line());
        return new KubeconfigFailure(file, line, kind.list() + "[" + name + "]." + field, message);
    }

    private static Path folder(Path kubeconfig) {
        Path absolute = kubeconfig.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        return parent == null || kubeconfig.toString().isEmpty() ? absolute : parent;
    }

    /// The entry as kubectl writes it.
    Mapping tree() {
        Mapping canonical = fields;
        for (Mapping.Entry field : List.copyOf(fields.entries())) {
            if (kind.optionalFields().contains(field.key()) && KubeconfigForm.isNothing(field.value())) {
                canonical = canonical.without(field.key());
            }
        }
        for (String field : kind.requiredFields()) {
            if (canonical.get(field).filter(node -> !isNull(node)).isEmpty()) {
                canonical = canonical.with(field, "");
            }
        }
        return outer.with("name", name).with(kind.field(), KubeconfigForm.nested(canonical));
    }

    private static boolean isNull(Node node) {
        return node instanceof Scalar scalar && scalar.isNull();
    }
}
