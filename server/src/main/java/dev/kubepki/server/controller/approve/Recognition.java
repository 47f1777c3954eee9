package dev.kubepki.server.controller.approve;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.X509Failure;
import dev.kubepki.server.controller.sign.Asked;
import dev.kubepki.server.controller.sign.SignerPolicy;
import dev.kubepki.server.request.RequestObject;
import dev.kubepki.server.request.SubmittedRequest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether a request has a kubelet's form and no other: what its signer would refuse is not approved, and neither is
/// what no kubelet writes.
///
/// @param request when it has
/// @param fault why not, a sentence
record Recognition(Optional<CertificateRequest> request, String fault) {
    private static final Set<String> SUBJECT = Set.of(DistinguishedName.ORGANIZATION, DistinguishedName.COMMON_NAME);
    private static final String NODE_PREFIX = "system:node:";

    /// A kubelet's request has some hundred bytes, in one block of PEM with nothing around it.
    private static final int LARGEST = 16 * 1024;

    static Recognition of(RequestObject object, CryptoProvider provider) {
        SubmittedRequest submitted = object.submitted(provider);
        if (submitted.request().isEmpty() || !submitted.fault().isEmpty()) {
            return refused("the request can't be read: " + submitted.fault());
        }
        CertificateRequest request = submitted.request().get();
        if (request.der().length > LARGEST) {
            return refused("the request has " + request.der().length + " bytes, and a kubelet's has not");
        }
        if (!isAlone(object)) {
            return refused("there is more in the request than one block of PEM");
        }
        try {
            Optional<String> violation = SignerPolicy.of(object.signerName())
                    .flatMap(policy -> policy.violation(Asked.of(object, request)))
                    .or(() -> foreignSubject(request));
            return violation.isPresent() ? refused(violation.get()) : new Recognition(Optional.of(request), "");
        } catch (X509Failure | KeyFailure | IllegalArgumentException e) {
            return refused("the request can't be read: " + e.getMessage());
        }
    }

    private static Recognition refused(String why) {
        return new Recognition(Optional.empty(), why);
    }

    /// A kubelet writes an O and a CN. Anything else is of no use to it, and may be to somebody else.
    private static Optional<String> foreignSubject(CertificateRequest request) {
        List<DistinguishedName.Attribute> attributes =
                request.subject().rdns().stream().flatMap(List::stream).toList();
        return attributes.stream()
                .filter(attribute -> !SUBJECT.contains(attribute.oid()))
                .findFirst()
                .map(attribute ->
                        "the subject has the attribute " + attribute.shortName() + ", which no kubelet writes");
    }

    /// Other readers of PEM than Go's may find another block first.
    private static boolean isAlone(RequestObject object) {
        String base64 = object.tree().path("spec").path("request").asString("");
        String text = new String(Base64.getDecoder().decode(base64), java.nio.charset.StandardCharsets.ISO_8859_1);
        return text.indexOf("-----BEGIN") == text.lastIndexOf("-----BEGIN") && text.startsWith("-----BEGIN");
    }

    /// Whether a node asks.
    static boolean isNode(RequestObject object) {
        return object.requester().startsWith(NODE_PREFIX) && object.groups().contains("system:nodes");
    }

    /// The name of a node, of its name as a user.
    static String nodeOf(String user) {
        return user.startsWith(NODE_PREFIX) ? user.substring(NODE_PREFIX.length()) : "";
    }
}
