package dev.kubepki.server.registry.strategy;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.request.SubmittedRequest;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Who may approve and sign, and the one subject that no request may ask for.
final class CsrAdmission {
    private CsrAdmission() {}

    /// CertificateSubjectRestriction: nobody becomes system:masters by a request to the API server's own signer.
    static void restrictSubject(ObjectNode object, Context context, ProvenRequests requests) {
        String signer = Trees.text(object, "spec", "signerName");
        if (!signer.equals(SignerName.APISERVER_CLIENT)) {
            return;
        }
        SubmittedRequest submitted = requests.check(Trees.text(object, "spec", "request"));
        Optional<CertificateRequest> request = submitted.request();
        if (request.isEmpty()) {
            throw forbidden(object, context, "failed to parse CSR: " + submitted.fault());
        }
        if (request.get().subject().organizations().contains("system:masters")) {
            throw forbidden(object, context, "use of " + signer + " signer with system:masters group is not allowed");
        }
    }

    /// CertificateApproval and CertificateSigning: a permission on the signer, besides the one on the endpoint.
    static void requireSigner(ObjectNode object, ObjectNode old, Context context) {
        String signer = Trees.text(old, "spec", "signerName");
        switch (context.call().subresource()) {
            case CsrStrategy.APPROVAL -> require("approve", "approve requests with", signer, object, context);
            case CsrStrategy.STATUS -> {
                if (differs(object, old, "certificate") || differs(object, old, "conditions")) {
                    require("sign", "sign requests with", signer, object, context);
                }
            }
            default -> {
                // Metadata needs no permission on the signer.
            }
        }
    }

    private static boolean differs(ObjectNode object, ObjectNode old, String field) {
        JsonNode now = Trees.at(object, "status", field);
        return !now.equals(Trees.at(old, "status", field));
    }

    private static void require(String verb, String words, String signer, ObjectNode object, Context context) {
        if (!SignerPermission.has(verb, signer, context)) {
            throw forbidden(object, context, "user not permitted to " + words + " signerName \"" + signer + "\"");
        }
    }

    private static RuntimeException forbidden(ObjectNode object, Context context, String text) {
        return Failures.forbidden(context.call().kind().resource(), Trees.text(object, "metadata", "name"), text);
    }
}
