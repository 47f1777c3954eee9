package dev.kubepki.server.auth;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.verify.PathValidator;
import dev.kubepki.pki.verify.Purpose;
import dev.kubepki.pki.verify.TrustAnchor;
import dev.kubepki.pki.verify.Verdict;
import dev.kubepki.pki.verify.VerificationPolicy;
import dev.kubepki.pki.verify.VerifiedPath;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Knows callers by their client certificates, judged at each request and not in the handshake: one that expires fails
/// on an open connection too, and a bad one gets an answer and no broken connection.
///
/// A judgement is kept for as long as every certificate of the path lasts and the CAs stay the same.
public final class ClientCertificates implements Authenticator {
    private static final Duration REFUSAL_KEPT = Duration.ofSeconds(10);
    private static final int REMEMBERED = 8192;
    private static final int LONGEST_CHAIN = 16;

    /// As [VerificationPolicy#KUBERNETES], but for one thing: Go, and so kube-apiserver, lets a certificate sign a
    /// handshake whose key usages do not say so.
    private static final VerificationPolicy POLICY = new VerificationPolicy(
            "client certificates",
            VerificationPolicy.KUBERNETES.rules(),
            VerificationPolicy.KUBERNETES.nameComparison(),
            false,
            VerificationPolicy.KUBERNETES.minimumRsaBits(),
            VerificationPolicy.KUBERNETES.maxIntermediates(),
            VerificationPolicy.KUBERNETES.budget());

    private final Supplier<List<Certificate>> authorities;
    private final CryptoProvider provider;
    private final Clock clock;
    private final Consumer<String> log;
    private volatile @Nullable Judge judge;

    /// @param authorities the client CAs as they are now: another list when they were reloaded; empty: nobody is known
    /// @param log takes a sentence about each certificate that is refused
    public ClientCertificates(
            Supplier<List<Certificate>> authorities, CryptoProvider provider, Clock clock, Consumer<String> log) {
        this.authorities = authorities;
        this.provider = provider;
        this.clock = clock;
        this.log = log;
    }

    @Override
    public Optional<UserInfo> authenticate(Credentials credentials) {
        List<X509Certificate> chain = credentials.chain();
        List<Certificate> now = authorities.get();
        if (chain.isEmpty() || now.isEmpty()) {
            return Optional.empty();
        }
        Judgement judgement = judge(now).judge(chain, clock.instant());
        if (judgement.refusal() != null) {
            throw Failures.unauthorized();
        }
        return Optional.ofNullable(judgement.user());
    }

    /// The judge of these CAs; a new one knows nothing of what another judged.
    @SuppressWarnings("ReferenceEquality") // another list is another reading of the files
    private Judge judge(List<Certificate> now) {
        Judge known = judge;
        if (known == null || known.authorities != now) {
            known = new Judge(now);
            judge = known;
        }
        return known;
    }

    /// What was found: a user, nobody (a certificate without a CN), or a refusal; within a time.
    private record Judgement(
            @Nullable UserInfo user, @Nullable String refusal, Instant from, Instant until) {
        boolean holds(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }
    }

    private final class Judge {
        private final List<Certificate> authorities;
        private final PathValidator validator;
        private final Recent<List<X509Certificate>, Judgement> judged = new Recent<>(REMEMBERED);
        private final Recent<List<X509Certificate>, Judgement> refused = new Recent<>(REMEMBERED / 8);

        Judge(List<Certificate> authorities) {
            this.authorities = authorities;
            this.validator =
                    new PathValidator(authorities.stream().map(TrustAnchor::new).toList(), POLICY, provider);
        }

        Judgement judge(List<X509Certificate> chain, Instant at) {
            Judgement known = judged.get(chain);
            if (known == null) {
                known = refused.get(chain);
            }
            if (known != null && known.holds(at)) {
                return known;
            }
            Judgement found = look(chain, at);
            (found.refusal() == null ? judged : refused).put(chain, found);
            return found;
        }

        private Judgement look(List<X509Certificate> chain, Instant at) {
            try {
                List<Certificate> shown = decode(chain);
                Certificate leaf = shown.getFirst();
                Verdict verdict = validator.verify(leaf, shown.subList(1, shown.size()), Purpose.CLIENT, at);
                return switch (verdict) {
                    case VerifiedPath path -> accept(leaf, path);
                    case Verdict.Rejected rejected -> refuse(rejected.reason().sentence(), at);
                };
            } catch (X509Failure | CertificateEncodingException e) {
                return refuse("a client certificate can't be read: " + e.getMessage(), at);
            }
        }

        private Judgement accept(Certificate leaf, VerifiedPath path) {
            Instant from = Instant.MIN;
            Instant until = Instant.MAX;
            for (Certificate certificate : path.certificates()) {
                Instant notBefore = certificate.validity().notBefore();
                // The end is the last second in which it holds.
                Instant end = certificate.validity().notAfter().plusSeconds(1);
                from = notBefore.isAfter(from) ? notBefore : from;
                until = end.isBefore(until) ? end : until;
            }
            return new Judgement(CertificateUser.of(leaf).orElse(null), null, from, until);
        }

        private Judgement refuse(String sentence, Instant at) {
            log.accept(sentence);
            return new Judgement(null, sentence, at, at.plus(REFUSAL_KEPT));
        }

        private List<Certificate> decode(List<X509Certificate> chain) throws CertificateEncodingException {
            if (chain.size() > LONGEST_CHAIN) {
                throw new X509Failure("a chain of " + chain.size() + " certificates is too long");
            }
            List<Certificate> shown = new ArrayList<>(chain.size());
            for (X509Certificate certificate : chain) {
                shown.add(Certificate.decode(certificate.getEncoded()));
            }
            return shown;
        }
    }
}
