package dev.kubepki.server.controller.approve;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.server.controller.sign.SignerPolicy;
import dev.kubepki.server.request.RequestObject;
import java.util.ArrayList;
import java.util.List;

/// Recognizes a kubelet's first client certificate and its renewals. Pure: whether the requester may have it is for an
/// access review to say.
final class ClientApprover {
    private static final Verdict.Grant SELF = new Verdict.Grant(
            "selfnodeclient", "Auto approving self kubelet client certificate after SubjectAccessReview.");
    private static final Verdict.Grant OTHER =
            new Verdict.Grant("nodeclient", "Auto approving kubelet client certificate after SubjectAccessReview.");

    private final CryptoProvider provider;

    ClientApprover(CryptoProvider provider) {
        this.provider = provider;
    }

    static boolean isFor(RequestObject object) {
        return object.signerName().equals(SignerPolicy.KUBELET_CLIENT);
    }

    /// Of a request that awaits a decision.
    Verdict judge(RequestObject object) {
        Recognition found = Recognition.of(object, provider);
        if (found.request().isEmpty()) {
            return new Verdict.LeftAlone(found.fault());
        }
        CertificateRequest request = found.request().get();
        String node = request.subject().commonName().orElse("");
        List<Verdict.Grant> grants = new ArrayList<>(2);
        if (node.equals(object.requester())) {
            grants.add(SELF);
            grants.add(OTHER);
        } else if (Recognition.isNode(object)) {
            // Whatever it was granted, no node speaks for another one.
            return new Verdict.LeftAlone("the node " + object.requester() + " asks for a certificate of " + node);
        } else {
            grants.add(OTHER);
        }
        return new Verdict.Grants(grants);
    }

    /// Why an access review was in vain.
    static String refusal(RequestObject object, Verdict.Grants grants) {
        List<String> asked =
                grants.grants().stream().map(Verdict.Grant::subresource).toList();
        return "recognized csr \"" + object.name() + "\" as "
                + asked.toString().replace(",", "")
                + " but subject access review was not approved: " + object.requester()
                + " lacks the permission to create certificatesigningrequests/"
                + String.join(" or certificatesigningrequests/", asked);
    }
}
