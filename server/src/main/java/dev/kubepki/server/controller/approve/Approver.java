package dev.kubepki.server.controller.approve;

import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.Pem;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.X509Failure;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Recognizes the requests that may be approved without a person: a kubelet's first client certificate, and its
/// renewal.
/// Pure: whether the requester may have it is for an access review to say.
final class Approver {
    private static final String SIGNER = "kubernetes.io/kube-apiserver-client-kubelet";
    private static final Set<String> USAGES = Set.of("digital signature", "client auth");

    private Approver() {}

    /// A permission that approves a request.
    ///
    /// @param subresource of certificatesigningrequests, on which the requester needs `create`
    record Grant(String subresource, String message) {}

    private static final Grant SELF =
            new Grant("selfnodeclient", "Auto approving self kubelet client certificate after SubjectAccessReview.");
    private static final Grant OTHER =
            new Grant("nodeclient", "Auto approving kubelet client certificate after SubjectAccessReview.");

    /// The permissions any of which approves it, in the order in which they are asked for; none when it is not for a
    /// machine to decide.
    static List<Grant> grants(ObjectNode csr) {
        JsonNode spec = csr.path("spec");
        if (!spec.path("signerName").asString("").equals(SIGNER) || isDecided(csr.path("status"))) {
            return List.of();
        }
        Optional<String> node = kubeletClient(spec);
        if (node.isEmpty()) {
            return List.of();
        }
        List<Grant> grants = new ArrayList<>(2);
        if (node.get().equals(spec.path("username").asString(""))) {
            grants.add(SELF);
        }
        grants.add(OTHER);
        return grants;
    }

    private static boolean isDecided(JsonNode status) {
        if (!status.path("certificate").asString("").isEmpty()) {
            return true;
        }
        for (JsonNode condition : status.path("conditions")) {
            String type = condition.path("type").asString("");
            if (type.equals("Approved") || type.equals("Denied")) {
                return true;
            }
        }
        return false;
    }

    /// The node's name as a user, when the request has a kubelet's form and no other.
    private static Optional<String> kubeletClient(JsonNode spec) {
        Set<String> usages = new HashSet<>();
        spec.path("usages").forEach(usage -> usages.add(usage.asString("")));
        usages.remove("key encipherment");
        if (!usages.equals(USAGES)) {
            return Optional.empty();
        }
        try {
            byte[] pem = Base64.getDecoder().decode(spec.path("request").asString(""));
            CertificateRequest request =
                    CertificateRequest.decode(Pem.readAll(pem).getFirst().der());
            boolean form = request.subject().organizations().equals(List.of("system:nodes"))
                    && request.subjectAltNames().isEmpty();
            return request.subject().commonName().filter(name -> form && name.startsWith("system:node:"));
        } catch (X509Failure | KeyFailure | IllegalArgumentException | java.util.NoSuchElementException e) {
            return Optional.empty();
        }
    }
}
