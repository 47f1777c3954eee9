package dev.kubepki.server.registry.strategy;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.request.SubmittedRequest;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// NodeRestriction, as far as certificates go: a node asks for its own identity only.
final class NodeRestriction {
    private static final String PREFIX = "system:node:";
    private static final Set<String> SIGNERS = Set.of(SignerName.KUBELET_SERVING, SignerName.APISERVER_CLIENT_KUBELET);

    private NodeRestriction() {}

    /// The node that calls; nothing when it is no node.
    static Optional<String> node(UserInfo user) {
        return user.name().startsWith(PREFIX) && user.groups().contains("system:nodes")
                ? Optional.of(user.name().substring(PREFIX.length()))
                : Optional.empty();
    }

    static void checkRequest(ObjectNode object, Context context) {
        Optional<String> node = node(context.call().user());
        if (node.isEmpty()) {
            return;
        }
        requireName(node.get(), object, context);
        if (!SIGNERS.contains(Trees.text(object, "spec", "signerName"))) {
            return;
        }
        SubmittedRequest submitted = SubmittedRequest.read(Trees.text(object, "spec", "request"));
        Optional<CertificateRequest> request = submitted.request();
        if (request.isEmpty()) {
            throw forbidden(object, context, "unable to parse csr: " + submitted.fault());
        }
        String expected = PREFIX + node.get();
        if (!request.get().subject().commonName().orElse("").equals(expected)) {
            throw forbidden(object, context, "can only create a node CSR with CN=" + expected);
        }
    }

    static void requireName(String node, ObjectNode object, Context context) {
        if (node.isEmpty()) {
            throw forbidden(object, context, "could not determine node from user \"" + PREFIX + "\"");
        }
    }

    private static RuntimeException forbidden(ObjectNode object, Context context, String text) {
        return Failures.forbidden(context.call().kind().resource(), Trees.text(object, "metadata", "name"), text);
    }
}
