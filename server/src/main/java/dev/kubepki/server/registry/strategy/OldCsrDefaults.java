package dev.kubepki.server.registry.strategy;

import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.SubjectAltName;
import dev.kubepki.server.request.SubmittedRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What certificates.k8s.io/v1beta1 fills in: usages, and a signer guessed from the form of the request.
final class OldCsrDefaults {
    private static final Set<String> CLIENT = Set.of("digital signature", "client auth");
    private static final Set<String> SERVER = Set.of("digital signature", "server auth");

    private OldCsrDefaults() {}

    static void apply(ObjectNode object) {
        ObjectNode spec = Trees.child(object, "spec");
        if (!spec.has("usages")) {
            spec.putArray("usages").add("digital signature").add("key encipherment");
        }
        if (!spec.has("signerName")) {
            spec.put("signerName", signerOf(spec));
        }
        for (JsonNode node : Trees.list(object.path("status"), "conditions")) {
            if (node instanceof ObjectNode condition
                    && Trees.text(condition, "status").isEmpty()) {
                condition.put("status", "True");
            }
        }
    }

    private static String signerOf(ObjectNode spec) {
        Optional<CertificateRequest> request =
                SubmittedRequest.read(spec.path("request").asString("")).request();
        List<String> usages = Trees.texts(spec.path("usages"));
        if (request.isPresent() && isKubeletClient(request.get(), usages)) {
            return SignerName.APISERVER_CLIENT_KUBELET;
        }
        if (request.isPresent() && isKubeletServing(request.get(), usages)) {
            return SignerName.KUBELET_SERVING;
        }
        return SignerName.LEGACY_UNKNOWN;
    }

    private static boolean isKubeletClient(CertificateRequest request, List<String> usages) {
        return isNode(request) && request.subjectAltNames().isEmpty() && are(usages, CLIENT);
    }

    private static boolean isKubeletServing(CertificateRequest request, List<String> usages) {
        List<SubjectAltName> names = request.subjectAltNames();
        boolean hosts = names.stream()
                .allMatch(name -> name instanceof SubjectAltName.Dns || name instanceof SubjectAltName.Ip);
        return isNode(request) && !names.isEmpty() && hosts && are(usages, SERVER);
    }

    private static boolean isNode(CertificateRequest request) {
        return request.subject().organizations().equals(List.of("system:nodes"))
                && request.subject().commonName().orElse("").startsWith("system:node:");
    }

    /// These and no others, with or without key encipherment.
    private static boolean are(List<String> usages, Set<String> expected) {
        Set<String> asked = new HashSet<>(usages);
        asked.remove("key encipherment");
        return asked.equals(expected);
    }
}
