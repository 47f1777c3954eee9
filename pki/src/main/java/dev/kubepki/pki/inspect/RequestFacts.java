package dev.kubepki.pki.inspect;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.KeyUsage;
import dev.kubepki.pki.x509.X509Failure;

/// What is worth knowing about a certification request.
final class RequestFacts {
    private RequestFacts() {}

    static Facts of(CertificateRequest request) {
        FactsBuilder facts = new FactsBuilder("CertificateRequest", "certificate request");
        facts.text("subject", "Subject", request.subject().toString());
        facts.attempt(() -> facts.texts(
                "subjectAltNames",
                "Names",
                request.subjectAltNames().stream().map(Object::toString).toList()));
        PublicKeys.describe(facts, request.publicKeyInfo());
        facts.attempt(() -> request.keyUsage()
                .ifPresent(usages -> facts.texts(
                        "keyUsages",
                        "Key usages",
                        usages.stream().map(KeyUsage::field).toList())));
        facts.attempt(() -> request.extendedKeyUsages()
                .ifPresent(usages -> facts.texts(
                        "extendedKeyUsages",
                        "For",
                        usages.stream().map(ExtendedKeyUsage::field).toList())));
        facts.attempt(() -> request.basicConstraints().filter(b -> b.ca()).ifPresent(ca -> {
            facts.truth("ca", "", true);
            facts.warn("it asks to become a CA");
        }));
        signature(facts, request);
        identity(facts, request);
        return facts.build();
    }

    /// Who asks must hold the key (RFC 2986 §4.2).
    static void signature(FactsBuilder facts, CertificateRequest request) {
        boolean verified = isSelfSigned(request);
        facts.truth("signatureVerifies", "", verified);
        facts.text("", "Signature", request.signatureName() + (verified ? ", verifies" : ", DOES NOT VERIFY"));
        if (!verified) {
            facts.warn("its signature does not verify: who asks has not shown that they hold the private key");
        }
    }

    private static boolean isSelfSigned(CertificateRequest request) {
        try {
            return request.isSelfSigned(CryptoProvider.jdk());
        } catch (KeyFailure | X509Failure unknownKind) {
            return false;
        }
    }

    static void identity(FactsBuilder facts, CertificateRequest request) {
        Identity identity = Identity.of(request.subject());
        if (!identity.user().isEmpty()) {
            facts.text("user", "Kubernetes user", identity.user());
            facts.texts("groups", "Kubernetes groups", identity.groups());
            facts.text("uid", "Kubernetes UID", identity.uid());
            identity.dangers().forEach(facts::warn);
        }
    }
}
