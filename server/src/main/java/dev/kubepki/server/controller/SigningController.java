package dev.kubepki.server.controller;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.IssuanceRefused;
import dev.kubepki.pki.x509.Certificate;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Signs approved requests, and says of those that can never be signed why.
///
/// A request's status takes one certificate and no other after it, so that two signers at once publish one.
public final class SigningController implements AutoCloseable {
    /// Most of a worker's time is waiting: for the ledger's disk and for the server that publishes.
    private static final int WORKERS = 32;
    /// Requests that are kept as they came. Of more than these only the names are kept, and they are read again.
    private static final int MOST_KEPT = 500;

    private final ClusterClient client;
    private final Kind requests;
    private final SigningDecider decider;
    private final Supplier<CertificateAuthority> authority;
    private final Signatures signatures;
    private final Clock clock;
    private final Map<String, Optional<ObjectNode>> pending = new ConcurrentHashMap<>();
    /// Signing must not take every processor from those who ask.
    private final Semaphore processors =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    private final WorkQueue queue;
    private @Nullable AutoCloseable following;

    /// Takes note of every signature before its certificate is published.
    public interface Signatures {
        /// A certificate that was just signed, for a request.
        void signed(Certificate certificate, ObjectNode request);
    }

    /// @param authority the CA as it is now
    /// @throws IllegalStateException by the supplier, with a sentence, when there is none: the requests then wait
    SigningController(
            ClusterClient client,
            Kind requests,
            SigningDecider decider,
            Supplier<CertificateAuthority> authority,
            Signatures signatures,
            Clock clock) {
        this.client = client;
        this.requests = requests;
        this.decider = decider;
        this.authority = authority;
        this.signatures = signatures;
        this.clock = clock;
        this.queue = new WorkQueue("signer", WORKERS, this::work);
    }

    /// The signers that Kubernetes has built in, with one CA for all of them.
    ///
    /// @param longest the lifetime of a certificate whose request names none, and the most that one may ask for
    public static SigningController builtIn(
            ClusterClient client,
            Kind requests,
            Supplier<CertificateAuthority> authority,
            java.time.Duration longest,
            Signatures signatures,
            Clock clock) {
        SigningDecider decider = new SigningDecider(SignerPolicy.BUILT_IN, longest);
        return new SigningController(client, requests, decider, authority, signatures, clock);
    }

    /// Begins: with what is there, then with each change.
    public void start() {
        following = client.follow(requests, new ClusterClient.Follower() {
            @Override
            public void present(ObjectNode object) {
                take(object);
            }

            @Override
            public void gone(ObjectNode object) {
                pending.remove(name(object));
            }
        });
    }

    private void take(ObjectNode csr) {
        String name = name(csr);
        if (decider.awaits(csr)) {
            pending.put(name, pending.size() < MOST_KEPT ? Optional.of(csr) : Optional.empty());
            queue.add(name);
        } else {
            pending.remove(name);
        }
    }

    private void work(String name) {
        Optional<ObjectNode> kept = pending.remove(name);
        if (kept == null) {
            return;
        }
        try {
            kept.or(() -> client.get(requests, "", name)).ifPresent(this::act);
        } catch (RuntimeException e) {
            pending.putIfAbsent(name, kept);
            throw e;
        }
    }

    private void act(ObjectNode csr) {
        switch (decider.decide(csr)) {
            case SigningDecision.Leave _ -> {
                // Somebody else was faster.
            }
            case SigningDecision.Fail fail -> {
                ObjectNode changed = csr.deepCopy();
                fail(changed, fail.reason(), fail.message());
                publish(changed);
            }
            case SigningDecision.Sign sign -> {
                ObjectNode changed = csr.deepCopy();
                sign(changed, sign);
                publish(changed);
            }
        }
    }

    private void sign(ObjectNode csr, SigningDecision.Sign sign) {
        CertificateAuthority ca = authority.get();
        Certificate certificate;
        processors.acquireUninterruptibly();
        try {
            certificate = ca.issue(ca.prepare(sign.profile(), sign.request(), clock.instant()));
        } catch (IssuanceRefused e) {
            if (!ca.certificate().validity().contains(clock.instant())) {
                throw e;
            }
            fail(csr, "SigningRefused", String.valueOf(e.getMessage()));
            return;
        } finally {
            processors.release();
        }
        signatures.signed(certificate, csr);
        String pem = Base64.getEncoder().encodeToString(certificate.pem().encoded());
        csr.withObject("/status").put("certificate", pem);
    }

    private void fail(ObjectNode csr, String reason, String message) {
        csr.withObject("/status")
                .withArray("conditions")
                .addObject()
                .put("type", "Failed")
                .put("status", "True")
                .put("reason", reason)
                .put("message", message)
                .put(
                        "lastUpdateTime",
                        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private void publish(ObjectNode changed) {
        try {
            client.update(requests, "status", changed);
        } catch (ApiFailure e) {
            // Changed or deleted since: the change itself comes, and is judged anew.
            if (e.code() != 404 && e.code() != 409) {
                throw e;
            }
        }
    }

    private static String name(ObjectNode csr) {
        return csr.path("metadata").path("name").asString("");
    }

    @Override
    public void close() {
        queue.close();
        try {
            if (following != null) {
                following.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("a closed follower can't fail", e);
        }
    }
}
