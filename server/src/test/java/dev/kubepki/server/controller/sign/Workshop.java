package dev.kubepki.server.controller.sign;

import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.server.controller.EventRecorder;
import dev.kubepki.server.controller.FakeCluster;
import dev.kubepki.server.request.RequestObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/// A cluster with a signer in it.
public final class Workshop implements AutoCloseable {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final CryptoProvider PROVIDER = CryptoProvider.jdk();
    public static final CertificateAuthority AUTHORITY = authority("kubernetes", Duration.ofDays(3650));

    public final FakeCluster cluster = new FakeCluster();
    public final Recorded signatures = new Recorded();
    private final SigningController controller;

    public Workshop(Signers signers) {
        this(signers, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    public Workshop(Signers signers, Clock clock) {
        EventRecorder events = new EventRecorder(cluster, FakeCluster.EVENTS, "test", clock);
        controller = new SigningController(
                cluster, FakeCluster.REQUESTS, events, signers, signatures, PROVIDER, Processors.unshared(), clock);
        controller.start();
    }

    public static CertificateAuthority authority(String name, Duration life) {
        return CertificateAuthority.root(
                CertificateProfile.authority(BasicConstraints.AUTHORITY, life),
                DistinguishedName.ofCommonName(name),
                PROVIDER.generate(KeyAlgorithm.ECDSA_P256),
                NOW,
                PROVIDER,
                new Random(7));
    }

    /// Puts a request in and waits for what the signer does: issued, failed, or told to wait.
    public ObjectNode settled(ObjectNode csr) throws InterruptedException {
        String name = new RequestObject(csr).name();
        cluster.create(FakeCluster.REQUESTS, csr);
        FakeCluster.becomes(() -> isSettled(name));
        return now(name);
    }

    private boolean isSettled(String name) {
        RequestObject object = new RequestObject(now(name));
        return object.hasCertificate()
                || object.condition("Failed").isPresent()
                || !cluster.eventsOn(name).isEmpty();
    }

    public ObjectNode now(String name) {
        return cluster.get(FakeCluster.REQUESTS, "", name).orElseThrow();
    }

    /// The message of the condition Failed; empty when there is none.
    public static String failure(ObjectNode csr) {
        return new RequestObject(csr)
                .condition("Failed")
                .map(condition -> condition.path("message").asString(""))
                .orElse("");
    }

    public static Certificate certificate(ObjectNode csr) {
        byte[] pem = Base64.getDecoder()
                .decode(csr.path("status").path("certificate").asString(""));
        return Certificate.readAll(new String(pem, StandardCharsets.US_ASCII).getBytes(StandardCharsets.US_ASCII))
                .getFirst();
    }

    @Override
    public void close() {
        controller.close();
    }
}
