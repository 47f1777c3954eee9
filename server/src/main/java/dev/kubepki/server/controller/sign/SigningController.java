package dev.kubepki.server.controller.sign;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.IssuanceRefused;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import dev.kubepki.server.controller.Conditions;
import dev.kubepki.server.controller.EventRecorder;
import dev.kubepki.server.controller.Followings;
import dev.kubepki.server.controller.Keeper;
import dev.kubepki.server.controller.WorkQueue;
import dev.kubepki.server.request.RequestObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Signs approved requests, and says of those that can never be signed why. Those that can't be signed yet wait: an
/// event on them tells for what, and they are tried again every few seconds.
///
/// A request's status takes one certificate and no other after it, so that two signers at once publish one.
public final class SigningController implements Keeper {
    /// Most of a worker's time is waiting: for the ledger's disk and for the server that publishes.
    private static final int WORKERS = 32;
    /// Requests that are kept as they came. Of more than these only the names are kept, and they are read again.
    private static final int MOST_KEPT = 500;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);
    private static final Duration TELL_AGAIN = Duration.ofMinutes(10);

    private final ClusterClient client;
    private final Kind requests;
    private final SigningDecider decider;
    private final EventRecorder events;
    private final Signatures signatures;
    private final Clock clock;
    private final Map<String, Waiting> pending = new ConcurrentHashMap<>();
    private final Processors processors;
    private final WorkQueue queue;
    private final List<AutoCloseable> following = new ArrayList<>();

    /// A request that awaits its certificate.
    ///
    /// @param csr as it was last seen, unless there are too many to keep
    /// @param held what keeps it from being signed or published
    private record Waiting(
            @Nullable ObjectNode csr, @Nullable Held held) {
        /// What holds a certificate that was signed; null when none was.
        @Nullable
        Held signed() {
            return held != null && held.signed() != null ? held : null;
        }
    }

    /// Told once, at that time.
    ///
    /// @param uid of the request: another one may have its name by now
    /// @param signed its certificate, which was not published
    private record Held(
            String uid,
            Signer signer,
            SigningCause cause,
            Instant told,
            @Nullable Certificate signed) {}

    /// @param events tells why a request waits
    /// @param signatures notes every signature
    /// @param provider checks that requesters hold their keys
    /// @param processors on which it signs
    public SigningController(
            ClusterClient client,
            Kind requests,
            EventRecorder events,
            Signers signers,
            Signatures signatures,
            CryptoProvider provider,
            Processors processors,
            Clock clock) {
        this.client = client;
        this.requests = requests;
        this.decider = new SigningDecider(signers, provider);
        this.events = events;
        this.signatures = signatures;
        this.processors = processors;
        this.clock = clock;
        this.queue = new WorkQueue("signer", WORKERS, LONGEST_WAIT, this::work);
    }

    /// Begins: with what is there, then with each change.
    @Override
    public void start() {
        following.add(client.follow(requests, new ClusterClient.Follower() {
            @Override
            public void present(ObjectNode object) {
                take(object);
            }

            @Override
            public void gone(ObjectNode object) {
                forget(object);
            }
        }));
    }

    private void take(ObjectNode csr) {
        RequestObject object = new RequestObject(csr);
        boolean ours = decider.isOurs(object);
        ObjectNode kept = ours && pending.size() < MOST_KEPT ? csr : null;
        Waiting waiting = pending.compute(object.name(), (name, before) -> {
            Held signed = before == null ? null : before.signed();
            return ours || signed != null ? new Waiting(kept, signed) : null;
        });
        if (waiting != null) {
            queue.add(object.name());
        }
    }

    /// What became of a signature is told even when its request is gone.
    private void forget(ObjectNode csr) {
        RequestObject object = new RequestObject(csr);
        Waiting waiting = pending.remove(object.name());
        Held held = waiting == null ? null : waiting.signed();
        if (held != null && held.signed() != null) {
            signatures.ended(held.signed(), csr, fate(csr, held.uid(), held.signed()));
        }
    }

    private static Signatures.Fate fate(ObjectNode csr, String uid, Certificate signed) {
        boolean ours = new RequestObject(csr).uid().equals(uid)
                && csr.path("status").path("certificate").asString("").equals(encoded(signed));
        return ours ? Signatures.Fate.PUBLISHED : Signatures.Fate.DISCARDED;
    }

    /// Puts back what has to be done still, beside what came in the meantime.
    private void again(String name, Waiting waiting) {
        pending.merge(
                name, waiting, (newer, mine) -> mine.signed() == null ? newer : new Waiting(newer.csr(), mine.held()));
    }

    private void work(String name) {
        Waiting waiting = pending.remove(name);
        if (waiting == null) {
            return;
        }
        try {
            Held held = waiting.held();
            if (held == null) {
                read(name, waiting).ifPresent(this::act);
            } else if (held.signed() == null) {
                refuseWhileHeld(held);
                read(name, waiting).ifPresent(this::act);
            } else {
                publishAgain(name, held, held.signed());
            }
        } catch (Postponed e) {
            again(name, new Waiting(waiting.csr(), e.held()));
            throw e;
        } catch (RuntimeException e) {
            again(name, waiting);
            throw e;
        }
    }

    private Optional<ObjectNode> read(String name, Waiting waiting) {
        return waiting.csr() == null ? client.get(requests, "", name) : Optional.of(waiting.csr());
    }

    /// Thousands may wait for one CA: what has not changed for them is found out without reading them again.
    private void refuseWhileHeld(Held held) {
        Instant now = clock.instant();
        if (Duration.between(held.told(), now).abs().compareTo(TELL_AGAIN) > 0) {
            return;
        }
        try {
            able(held.signer());
        } catch (AuthorityUnavailable e) {
            if (e.signingCause() == held.cause()) {
                throw new Postponed(held, e);
            }
        }
    }

    /// An approved request that can't be signed yet.
    private static final class Postponed extends RuntimeException {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // never serialized
        private final Held held;

        Postponed(Held held, AuthorityUnavailable why) {
            super(why.getMessage(), why, false, false);
            this.held = held;
        }

        Held held() {
            return held;
        }
    }

    private void act(ObjectNode csr) {
        switch (decider.decide(new RequestObject(csr))) {
            case SigningDecision.Leave _ -> {
                // Somebody else was faster.
            }
            case SigningDecision.Fail fail -> fail(csr, fail);
            case SigningDecision.Sign sign -> sign(csr, sign);
        }
    }

    private void sign(ObjectNode csr, SigningDecision.Sign sign) {
        Certificate certificate;
        try {
            certificate = signed(able(sign.signer()), sign);
            record(certificate, csr);
        } catch (IssuanceRefused | KeyFailure | X509Failure | IllegalArgumentException e) {
            // The CA was found able to sign, so that it is the request that can't be signed.
            fail(csr, new SigningDecision.Fail("SigningRefused", String.valueOf(e.getMessage())));
            return;
        } catch (AuthorityUnavailable e) {
            tell(csr, e);
            throw new Postponed(held(csr, sign.signer(), e.signingCause(), null), e);
        }
        publish(csr, certificate, sign.signer());
    }

    /// Writes the certificate into the status.
    private void publish(ObjectNode csr, Certificate certificate, Signer signer) {
        ObjectNode changed = csr.deepCopy();
        changed.withObject("/status").put("certificate", encoded(certificate));
        try {
            boolean published = write(changed);
            signatures.ended(certificate, csr, published ? Signatures.Fate.PUBLISHED : Signatures.Fate.DISCARDED);
        } catch (RuntimeException e) {
            AuthorityUnavailable why = new AuthorityUnavailable(
                    SigningCause.NOT_PUBLISHED, "the certificate was signed and not published: " + e.getMessage());
            tell(csr, why);
            throw new Postponed(held(csr, signer, why.signingCause(), certificate), why);
        }
    }

    private Held held(ObjectNode csr, Signer signer, SigningCause cause, @Nullable Certificate signed) {
        return new Held(new RequestObject(csr).uid(), signer, cause, clock.instant(), signed);
    }

    /// What could not be published is not signed again: nobody knows whether it was.
    private void publishAgain(String name, Held held, Certificate certificate) {
        Optional<ObjectNode> now = client.get(requests, "", name);
        Optional<ObjectNode> found =
                now.filter(csr -> new RequestObject(csr).uid().equals(held.uid()));
        if (found.isEmpty()) {
            signatures.ended(certificate, gone(name, held.uid()), Signatures.Fate.DISCARDED);
            now.ifPresent(this::act);
            return;
        }
        ObjectNode csr = found.get();
        RequestObject object = new RequestObject(csr);
        if (object.hasCertificate() || !decider.isOurs(object)) {
            signatures.ended(certificate, csr, fate(csr, held.uid(), certificate));
        } else if (isFresh(certificate)) {
            publish(csr, certificate, held.signer());
        } else {
            signatures.ended(certificate, csr, Signatures.Fate.DISCARDED);
            act(csr);
        }
    }

    /// What is known of a request that is no longer there.
    private static ObjectNode gone(String name, String uid) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.putObject("metadata").put("name", name).put("uid", uid);
        return object;
    }

    private boolean isFresh(Certificate certificate) {
        Duration age = Duration.between(certificate.validity().notBefore(), clock.instant());
        return !age.isNegative() && age.compareTo(TELL_AGAIN) < 0;
    }

    private static String encoded(Certificate certificate) {
        return Base64.getEncoder().encodeToString(certificate.pem().encoded());
    }

    private void tell(ObjectNode csr, AuthorityUnavailable why) {
        events.warning(csr, why.signingCause().reason(), why.getMessage() + "; it is signed once that is cured");
    }

    private Certificate signed(CertificateAuthority authority, SigningDecision.Sign sign) {
        return processors.use(
                () -> authority.issue(authority.prepare(sign.profile(), sign.request(), clock.instant())));
    }

    private void record(Certificate certificate, ObjectNode csr) {
        try {
            signatures.signed(certificate, csr);
        } catch (RuntimeException e) {
            throw new AuthorityUnavailable(SigningCause.NOT_RECORDED, String.valueOf(e.getMessage()));
        }
    }

    /// The CA, when it can sign now.
    private CertificateAuthority able(Signer signer) {
        CertificateAuthority authority;
        try {
            authority = signer.authority().get();
        } catch (AuthorityUnavailable e) {
            throw e;
        } catch (IllegalStateException e) {
            throw new AuthorityUnavailable(SigningCause.FAULT, String.valueOf(e.getMessage()));
        }
        Optional<AuthorityUnavailable> trouble = AuthorityUnavailable.of(authority, clock.instant());
        if (trouble.isPresent()) {
            throw trouble.get();
        }
        return authority;
    }

    private void fail(ObjectNode csr, SigningDecision.Fail fail) {
        ObjectNode changed = csr.deepCopy();
        Conditions.add(changed, "Failed", fail.reason(), fail.message(), clock.instant());
        write(changed);
        events.warning(csr, fail.reason(), fail.message());
    }

    /// Writes the status. When the request changed or went away since, the change itself comes and is judged anew.
    private boolean write(ObjectNode changed) {
        try {
            client.update(requests, "status", changed);
            return true;
        } catch (ApiFailure e) {
            if (e.code() != 404 && e.code() != 409) {
                throw e;
            }
            return false;
        }
    }

    /// How many approved requests wait to be signed.
    public int waiting() {
        return pending.size();
    }

    @Override
    public void close() {
        queue.close();
        Followings.close(following);
    }
}
