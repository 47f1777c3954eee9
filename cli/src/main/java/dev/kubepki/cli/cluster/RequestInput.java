package dev.kubepki.cli.cluster;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.pki.document.DocumentFailure;
import dev.kubepki.pki.document.Documents;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Sequence;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.X509Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Requests from files.
final class RequestInput {
    private static final int MOST = 16 << 20;
    private static final String STANDARD = "-";

    private RequestInput() {}

    private static byte[] read(Invocation in, String file) throws IOException {
        return file.equals(STANDARD)
                ? in.in().readNBytes(MOST)
                : new DurableFiles(FileOperations.disk()).read(in.resolve(file));
    }

    /// One PKCS#10 request, in PEM or DER.
    static CertificateRequest pkcs10(Invocation in, String file) throws IOException, CommandFailure {
        byte[] content = read(in, file);
        try {
            List<CertificateRequest> found = CertificateRequest.readAll(content);
            if (found.size() > 1) {
                throw new CommandFailure(file + ": holds " + found.size() + " requests, where one is sent");
            }
            return found.isEmpty() ? CertificateRequest.decode(content) : found.getFirst();
        } catch (X509Failure | KeyFailure e) {
            throw new CommandFailure(
                    file + ": holds no PKCS#10 request that can be read: " + e.getMessage(),
                    e,
                    "Make one with 'kubepki request' or 'openssl req -new'.");
        }
    }

    /// The CertificateSigningRequest objects of a file, as `kubectl get csr -o yaml` or `-o json` saved them.
    static List<ObjectNode> objects(Invocation in, String file) throws IOException, CommandFailure {
        List<ObjectNode> objects = new ArrayList<>();
        try {
            Documents.read(file, read(in, file)).forEach(document -> collect(document.root(), objects));
        } catch (DocumentFailure e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
        if (objects.isEmpty()) {
            throw new CommandFailure(
                    file + ": holds no CertificateSigningRequest", "Save one with 'kubectl get csr NAME -o yaml'.");
        }
        return objects;
    }

    private static void collect(Node node, List<ObjectNode> objects) {
        if (node instanceof Mapping mapping) {
            if (mapping.string("kind")
                    .filter("CertificateSigningRequest"::equals)
                    .isPresent()) {
                objects.add(Trees.object(mapping));
            }
            mapping.sequence("items").map(Sequence::items).orElse(List.of()).forEach(item -> collect(item, objects));
        }
    }
}
