package dev.kubepki.server.controller.sign;

import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.server.request.RequestObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Signs what nobody sees, with the key of a CA that nobody trusts: the first request that counts need not wait until
/// classes are loaded and compiled.
public final class Rehearsal {
    private static final int TIMES = 40;
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final String SIGNER = "kubernetes.io/kube-apiserver-client";

    private Rehearsal() {}

    /// Takes a part of a second; how many were signed.
    public static int run(CryptoProvider provider, RandomGenerator random, Clock clock) {
        CertificateAuthority authority = CertificateAuthority.root(
                CertificateProfile.authority(BasicConstraints.AUTHORITY, LIFETIME),
                DistinguishedName.ofCommonName("rehearsal"),
                provider.generate(KeyAlgorithm.ECDSA_P256),
                clock.instant(),
                provider,
                random);
        SigningDecider decider = new SigningDecider(Signers.builtIn(() -> authority, LIFETIME), provider);
        RequestObject request = new RequestObject(approved(provider));
        int signed = 0;
        for (int i = 0; i < TIMES; i++) {
            if (decider.decide(request) instanceof SigningDecision.Sign sign) {
                authority.issue(authority.prepare(sign.profile(), sign.request(), clock.instant()));
                signed++;
            }
        }
        return signed;
    }

    private static ObjectNode approved(CryptoProvider provider) {
        SigningKey key = provider.generate(KeyAlgorithm.ECDSA_P256);
        CertificateRequest request =
                CertificateRequest.sign(DistinguishedName.ofCommonName("nobody"), List.of(), key, provider);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.putObject("metadata").put("name", "rehearsal");
        ObjectNode spec = object.putObject("spec");
        spec.put("signerName", SIGNER)
                .put("request", Base64.getEncoder().encodeToString(request.pem().encoded()))
                .put("username", "nobody");
        spec.putArray("usages").add("client auth");
        object.putObject("status")
                .putArray("conditions")
                .addObject()
                .put("type", "Approved")
                .put("status", "True");
        return object;
    }
}
