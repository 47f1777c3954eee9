package dev.kubepki.pki.inspect;

import dev.kubepki.pki.document.Document;
import dev.kubepki.pki.document.Documents;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Scalar;
import dev.kubepki.pki.document.Sequence;
import dev.kubepki.pki.inspect.Description.Field;
import dev.kubepki.pki.inspect.Description.FileReference;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.Pem;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.X509Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Kubernetes objects and other documents, and what their fields hold.
final class DocumentReader {
    /// Parts of the flags and fields that name a file of the PKI.
    private static final List<String> FILE_WORDS = List.of("cert", "key", "ca-file", "cafile", "cacert", "kubeconfig");

    private static final Set<String> CONFIGURATIONS =
            Set.of("KubeletConfiguration", "KubeProxyConfiguration", "KubeSchedulerConfiguration");

    private final String file;
    private final Recognizer recognizer;
    private final int depth;

    DocumentReader(String file, Recognizer recognizer, int depth) {
        this.file = file;
        this.recognizer = recognizer;
        this.depth = depth;
    }

    List<Description> read(byte[] text) {
        List<Description> contents = new ArrayList<>();
        for (Document document : Documents.read(file, text)) {
            add(document.root(), contents);
        }
        return contents;
    }

    private void add(Node root, List<Description> contents) {
        if (root instanceof Sequence list) {
            list.items().forEach(item -> add(item, contents));
        } else if (root instanceof Mapping object) {
            String kind = object.string("kind").orElse("");
            Optional<Sequence> items = object.sequence("items");
            if (kind.endsWith("List") && items.isPresent()) {
                items.get().items().forEach(item -> add(item, contents));
            } else {
                contents.add(object(kind, object));
            }
        } else if (root instanceof Scalar scalar && !scalar.isNull()) {
            contents.addAll(recognizer.recogniseField(scalar.text(), depth));
        }
    }

    private Description object(String kind, Mapping object) {
        return switch (kind) {
            case "CertificateSigningRequest" -> signingRequest(object);
            case "Config" -> new Description.OfKubeconfig(object, fields(object));
            case "Pod" -> manifest(kind, object, podFlags(object));
            default ->
                CONFIGURATIONS.contains(kind)
                        ? manifest(kind, object, configurationFiles(object))
                        : new Description.OfObject(object, fields(object));
        };
    }

    private Description manifest(String kind, Mapping object, List<FileReference> files) {
        String name = object.mapping("metadata").flatMap(m -> m.string("name")).orElse("");
        return files.isEmpty()
                ? new Description.OfObject(object, fields(object))
                : new Description.OfManifest(kind, name, files);
    }

    private static Description signingRequest(Mapping object) {
        Optional<CertificateRequest> request = Optional.empty();
        String requestProblem = "";
        try {
            Optional<String> encoded = object.mapping("spec").flatMap(spec -> spec.string("request"));
            request = Optional.of(request(encoded.orElseThrow(() -> new X509Failure("spec.request is missing"))));
        } catch (X509Failure | KeyFailure e) {
            requestProblem = String.valueOf(e.getMessage());
        }
        List<Certificate> certificates = List.of();
        String certificateProblem = "";
        try {
            Optional<String> encoded = object.mapping("status").flatMap(status -> status.string("certificate"));
            if (encoded.isPresent() && !encoded.get().isEmpty()) {
                certificates = Certificate.readAll(decoded("status.certificate", encoded.get()));
            }
        } catch (X509Failure | KeyFailure e) {
            certificateProblem = "status.certificate: " + e.getMessage();
        }
        return new Description.OfSigningRequest(object, request, requestProblem, certificates, certificateProblem);
    }

    private static CertificateRequest request(String encoded) {
        byte[] text = decoded("spec.request", encoded);
        List<Pem> blocks = Pem.readAll(text);
        if (blocks.size() != 1) {
            throw new X509Failure("spec.request must hold base64 of one PEM block 'CERTIFICATE REQUEST', it holds "
                    + (blocks.isEmpty() ? "none" : blocks.size()));
        }
        List<CertificateRequest> requests = CertificateRequest.readAll(text);
        if (requests.isEmpty()) {
            throw new X509Failure("spec.request holds a PEM block of type '"
                    + blocks.getFirst().type()
                    + "' where 'CERTIFICATE REQUEST' belongs");
        }
        return requests.getFirst();
    }

    /// base64 on one line or wrapped (`base64 user.csr` wraps at 76 columns).
    private static byte[] decoded(String field, String encoded) {
        try {
            String compact = encoded.replaceAll("\\s", "");
            return Base64.getDecoder().decode(compact.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw new X509Failure(field + " is not valid base64", e);
        }
    }

    private List<Field> fields(Mapping object) {
        List<Field> fields = new ArrayList<>();
        walk(object, "", fields);
        return List.copyOf(fields);
    }

    private void walk(Node node, String path, List<Field> fields) {
        switch (node) {
            case Mapping mapping ->
                mapping.entries()
                        .forEach(entry ->
                                walk(entry.value(), path.isEmpty() ? entry.key() : path + "." + entry.key(), fields));
            case Sequence sequence -> {
                for (int i = 0; i < sequence.items().size(); i++) {
                    Node item = sequence.items().get(i);
                    Optional<String> name = item instanceof Mapping mapping ? mapping.string("name") : Optional.empty();
                    walk(item, path + "[" + name.orElse(Integer.toString(i)) + "]", fields);
                }
            }
            case Scalar scalar -> {
                List<Description> contents =
                        scalar.isString() ? recognizer.recogniseField(scalar.text(), depth) : List.of();
                if (!contents.isEmpty()) {
                    fields.add(new Field(path, contents));
                }
            }
        }
    }

    private static List<FileReference> podFlags(Mapping pod) {
        List<FileReference> files = new ArrayList<>();
        Optional<Sequence> containers = pod.mapping("spec").flatMap(spec -> spec.sequence("containers"));
        for (Node container : containers.map(Sequence::items).orElse(List.of())) {
            if (container instanceof Mapping mapping) {
                mapping.sequence("command").ifPresent(words -> flags(words, files));
                mapping.sequence("args").ifPresent(words -> flags(words, files));
            }
        }
        return files;
    }

    private static void flags(Sequence words, List<FileReference> files) {
        for (Node word : words.items()) {
            String text = word instanceof Scalar scalar ? scalar.text() : "";
            int equals = text.indexOf('=');
            if (text.startsWith("--") && equals > 0) {
                reference(text.substring(0, equals), text.substring(equals + 1), files);
            }
        }
    }

    private static void reference(String name, String path, List<FileReference> files) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (path.startsWith("/") && FILE_WORDS.stream().anyMatch(lower::contains)) {
            files.add(new FileReference(name, path));
        }
    }

    private static List<FileReference> configurationFiles(Mapping object) {
        List<FileReference> files = new ArrayList<>();
        collect(object, "", files);
        return files;
    }

    private static void collect(Mapping object, String path, List<FileReference> files) {
        for (Mapping.Entry entry : object.entries()) {
            String name = path.isEmpty() ? entry.key() : path + "." + entry.key();
            if (entry.value() instanceof Mapping inner) {
                collect(inner, name, files);
            } else if (entry.value() instanceof Scalar scalar && scalar.isString()) {
                reference(name, scalar.text(), files);
            }
        }
    }
}
