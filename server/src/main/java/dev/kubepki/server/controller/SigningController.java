package dev.kubepki.server.controller;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.IssuanceRefused;
import dev.kubepki.pki.issue.Prepared;
import dev.kubepki.pki.x509.Certificate;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Signs approved requests, and says of those that can never be signed why.
///
/// A request's status takes one certificate and no other after it, so that two signers at once publish one.
public final class SigningController implements AutoCloseable {
    private static final int WORKERS = 4;

    private final ClusterClient client;
    private final Kind requests;
    private final SigningDecider decider;
    private final Supplier<CertificateAuthority> authority;
    private final Signatures signatures;
    private final Clock clock;
    private final Map<String, ObjectNode> pending = new ConcurrentHashMap<>();
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
        if (decider.decide(csr) instanceof SigningDecision.Leave) {
            pending.remove(name);
        } else {
            pending.put(name, csr);
            queue.add(name);
        }
    }

    private void work(String name) {
        ObjectNode csr = pending.get(name);
        if (csr == null) {
            return;
        }
        ObjectNode changed = csr.deepCopy();
        switch (decider.decide(csr)) {
            case SigningDecision.Leave leave -> pending.remove(name, csr);
            case SigningDecision.Fail fail -> {
                fail(changed, fail.reason(), fail.message());
                publish(name, csr, changed);
            }
            case SigningDecision.Sign sign -> {
                sign(changed, sign);
                publish(name, csr, changed);
            }
        }
    }

    private void sign(ObjectNode csr, SigningDecision.Sign sign) {
        CertificateAuthority ca = authority.get();
        Prepared prepared;
        try {
            prepared = ca.prepare(sign.profile(), sign.request(), clock.instant());
        } catch (IssuanceRefused e) {
            if (!ca.certificate().validity().contains(clock.instant())) {
                throw e;
            }
            fail(csr, "SigningRefused", String.valueOf(e.getMessage()));
            return;
        }
        Certificate certificate = ca.issue(prepared);
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

    private void publish(String name, ObjectNode seen, ObjectNode changed) {
        try {
            client.update(requests, "status", changed);
        } catch (ApiFailure e) {
            // Changed or deleted since: the change itself comes, and is judged anew.
            if (e.code() != 404 && e.code() != 409) {
                throw e;
            }
        }
        pending.remove(name, seen);
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
