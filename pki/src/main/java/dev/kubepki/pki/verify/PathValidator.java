package dev.kubepki.pki.verify;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.KeyUsage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Builds a path from a certificate to a trust anchor and validates it (RFC 5280 §6). Safe for many threads at once.
///
/// Revocation is not looked at.
public final class PathValidator {
    private final Set<Certificate> anchors;
    private final VerificationPolicy policy;
    private final CryptoProvider provider;

    /// @param provider checks the signatures
    public PathValidator(Collection<TrustAnchor> anchors, VerificationPolicy policy, CryptoProvider provider) {
        this.anchors = new LinkedHashSet<>();
        anchors.forEach(anchor -> this.anchors.add(anchor.certificate()));
        this.policy = policy;
        this.provider = provider;
    }

    /// Verifies without asking for a name: a client, or a CA.
    ///
    /// @param untrusted what may stand in between, in any order
    public Verdict verify(Certificate endEntity, List<Certificate> untrusted, Purpose purpose, Instant at) {
        return verify(endEntity, untrusted, purpose, List.of(), at);
    }

    /// Verifies a peer that was called by names.
    ///
    /// @param peers names that must all be the end entity's
    /// @param at the moment of judgement; fractions of a second don't count
    public Verdict verify(
            Certificate endEntity, List<Certificate> untrusted, Purpose purpose, List<PeerName> peers, Instant at) {
        CertificateChecks certificateChecks = new CertificateChecks(policy, at.truncatedTo(ChronoUnit.SECONDS));
        Optional<Rejection> problem = certificateChecks
                .problem(endEntity, Role.END_ENTITY)
                .or(() -> use(endEntity, purpose))
                .or(() -> name(endEntity, peers));
        if (problem.isPresent()) {
            return new Verdict.Rejected(problem.get());
        }
        Spending spending = new Spending(policy.budget());
        PathChecks pathChecks = new PathChecks(policy, purpose, spending);
        try {
            return new PathSearch(anchors, untrusted, policy, provider, certificateChecks, pathChecks, spending)
                    .from(endEntity);
        } catch (Spending.Exhausted e) {
            return new Verdict.Rejected(e.rejection());
        }
    }

    private Optional<Rejection> use(Certificate endEntity, Purpose purpose) {
        Set<KeyUsage> usages = endEntity.keyUsage().orElse(Set.of(KeyUsage.DIGITAL_SIGNATURE));
        boolean looked = policy.signatureInTls() && purpose != Purpose.ANY;
        return looked && !usages.contains(KeyUsage.DIGITAL_SIGNATURE)
                ? Optional.of(new Rejection.WrongKeyUsage(endEntity, KeyUsage.DIGITAL_SIGNATURE, usages))
                : Optional.empty();
    }

    private static Optional<Rejection> name(Certificate endEntity, List<PeerName> peers) {
        for (PeerName peer : peers) {
            if (!peer.isIn(endEntity)) {
                return Optional.of(new Rejection.NameMismatch(endEntity, peer, endEntity.subjectAltNames()));
            }
        }
        return Optional.empty();
    }
}
