package dev.kubepki.pki.files;

import dev.kubepki.pki.cluster.FoundFile.FoundKubeconfig;
import dev.kubepki.pki.document.DocumentFailure;
import dev.kubepki.pki.document.Documents;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What the current context of a kubeconfig leads to.
final class KubeconfigReading {
    private final Path file;
    private final List<String> problems = new ArrayList<>();

    private KubeconfigReading(Path file) {
        this.file = file;
    }

    static FoundKubeconfig of(byte[] text, Path file) {
        return new KubeconfigReading(file).read(text);
    }

    private FoundKubeconfig read(byte[] text) {
        Optional<Mapping> root = root(text);
        Optional<String> current =
                root.flatMap(r -> r.string("current-context")).filter(c -> !c.isEmpty());
        if (root.isPresent() && current.isEmpty()) {
            problems.add("names no current-context");
        }
        Optional<Mapping> context = current.flatMap(c -> entry(root.orElseThrow(), "contexts", c, "context"));
        Optional<Mapping> cluster = context.flatMap(c -> c.string("cluster"))
                .flatMap(name -> entry(root.orElseThrow(), "clusters", name, "cluster"));
        Optional<Mapping> user = context.flatMap(c -> c.string("user"))
                .flatMap(name -> entry(root.orElseThrow(), "users", name, "user"));
        List<Certificate> authorities = certificates(cluster, "certificate-authority");
        List<Certificate> chain = certificates(user, "client-certificate");
        return new FoundKubeconfig(
                cluster.flatMap(c -> c.string("server")).orElse(""),
                authorities,
                chain,
                key(user),
                problems.stream().findFirst());
    }

    private Optional<Mapping> root(byte[] text) {
        try {
            if (Documents.readOne(file.toString(), text).root() instanceof Mapping mapping) {
                return Optional.of(mapping);
            }
            problems.add("is not a kubeconfig");
        } catch (DocumentFailure e) {
            problems.add("is not a kubeconfig: " + e.getMessage());
        }
        return Optional.empty();
    }

    private Optional<Mapping> entry(Mapping root, String list, String name, String field) {
        if (root.sequence(list).isPresent()) {
            for (Node node : root.sequence(list).get().items()) {
                if (node instanceof Mapping entry
                        && entry.string("name").filter(name::equals).isPresent()) {
                    return entry.mapping(field);
                }
            }
        }
        problems.add("has no entry '" + name + "' in " + list);
        return Optional.empty();
    }

    /// Embedded data wins over a file's name, which is relative to the kubeconfig's own folder.
    private Optional<byte[]> bytes(Optional<Mapping> section, String field) {
        Optional<String> data = section.flatMap(s -> s.string(field + "-data"));
        if (data.isPresent()) {
            try {
                return Optional.of(Base64.getDecoder().decode(data.get()));
            } catch (IllegalArgumentException e) {
                problems.add(field + "-data is not base64");
                return Optional.empty();
            }
        }
        Optional<String> name = section.flatMap(s -> s.string(field));
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Path path = file.resolveSibling(name.get());
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (IOException e) {
            problems.add("names the file " + path + " in " + field + ", which can't be read");
            return Optional.empty();
        }
    }

    private List<Certificate> certificates(Optional<Mapping> section, String field) {
        try {
            return bytes(section, field).map(Certificate::readAll).orElse(List.of());
        } catch (X509Failure | KeyFailure e) {
            problems.add(field + ": " + e.getMessage());
            return List.of();
        }
    }

    private Optional<SigningKey> key(Optional<Mapping> user) {
        try {
            return bytes(user, "client-key").map(KeyPem::readPrivateKey);
        } catch (KeyFailure e) {
            problems.add("client-key: " + e.getMessage());
            return Optional.empty();
        }
    }
}
