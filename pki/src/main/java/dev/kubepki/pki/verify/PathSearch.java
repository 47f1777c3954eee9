package dev.kubepki.pki.verify;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.x509.AuthorityKeyIdentifier;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One search for a path, depth first: anchors before intermediates, issuers with the right key identifier before
/// others.
/// Lives as long as one verification, in one thread.
final class PathSearch {
    private final Set<Certificate> anchors;
    private final List<Candidate> candidates;
    private final VerificationPolicy policy;
    private final CryptoProvider provider;
    private final CertificateChecks certificateChecks;
    private final PathChecks pathChecks;
    private final Spending spending;
    private final IdentityHashMap<Candidate, Optional<Rejection>> judged = new IdentityHashMap<>();
    /// By the certificate and its issuer.
    private final Map<Certificate, Map<Certificate, Boolean>> signatures = new HashMap<>();
    private @Nullable Rejection best;

    private record Candidate(Certificate certificate, Role role) {}

    PathSearch(
            Set<Certificate> anchors,
            List<Certificate> untrusted,
            VerificationPolicy policy,
            CryptoProvider provider,
            CertificateChecks certificateChecks,
            PathChecks pathChecks,
            Spending spending) {
        this.anchors = anchors;
        this.policy = policy;
        this.provider = provider;
        this.certificateChecks = certificateChecks;
        this.pathChecks = pathChecks;
        this.spending = spending;
        this.candidates = new ArrayList<>();
        anchors.forEach(anchor -> candidates.add(new Candidate(anchor, Role.ANCHOR)));
        new LinkedHashSet<>(untrusted)
                .stream()
                        .filter(certificate -> !anchors.contains(certificate))
                        .forEach(certificate -> candidates.add(new Candidate(certificate, Role.INTERMEDIATE)));
    }

    Verdict from(Certificate endEntity) {
        List<Certificate> path = new ArrayList<>(List.of(endEntity));
        boolean trustedItself = anchors.contains(endEntity);
        if (trustedItself ? holds(path) : extend(path)) {
            return new VerifiedPath(path);
        }
        Rejection reason = best;
        return new Verdict.Rejected(
                reason == null ? new Rejection.UnknownIssuer(endEntity, endEntity.issuer()) : reason);
    }

    /// Leaves the whole path behind when it finds one, and the path as it was when not.
    private boolean extend(List<Certificate> path) {
        Certificate last = path.getLast();
        List<Candidate> issuers = issuersOf(last);
        if (issuers.isEmpty()) {
            note(new Rejection.UnknownIssuer(last, last.issuer()));
        }
        for (Candidate issuer : issuers) {
            spending.step();
            if (!isIn(path, issuer.certificate()) && fits(last, issuer)) {
                path.add(issuer.certificate());
                if (issuer.role() == Role.ANCHOR ? holds(path) : isShortEnough(path) && extend(path)) {
                    return true;
                }
                path.removeLast();
            }
        }
        return false;
    }

    private List<Candidate> issuersOf(Certificate certificate) {
        return candidates.stream()
                .filter(c -> isSameName(certificate.issuer(), c.certificate().subject()))
                .sorted((a, b) -> {
                    int byKey = Integer.compare(
                            keyIdDistance(certificate, a.certificate()), keyIdDistance(certificate, b.certificate()));
                    return byKey != 0 ? byKey : b.role().compareTo(a.role());
                })
                .toList();
    }

    private boolean isSameName(DistinguishedName issuer, DistinguishedName subject) {
        return switch (policy.nameComparison()) {
            case BYTES -> issuer.equals(subject);
            case RFC_5280 -> issuer.equals(subject) || issuer.matches(subject);
        };
    }

    /// Key identifiers are hints (§4.2.1.1): they order the candidates and exclude none.
    private static int keyIdDistance(Certificate certificate, Certificate issuer) {
        Optional<String> wanted = keyId(certificate);
        Optional<String> present = subjectKeyId(issuer);
        if (wanted.isEmpty() || present.isEmpty()) {
            return 1;
        }
        return wanted.equals(present) ? 0 : 2;
    }

    private static Optional<String> keyId(Certificate certificate) {
        try {
            return certificate.authorityKeyIdentifier().flatMap(AuthorityKeyIdentifier::keyId);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> subjectKeyId(Certificate certificate) {
        try {
            return certificate.subjectKeyIdentifier();
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /// Go's rule against circles: the same subject with the same key is the same CA, in whichever certificate.
    private static boolean isIn(List<Certificate> path, Certificate candidate) {
        return path.stream()
                .anyMatch(c -> c.subject().equals(candidate.subject())
                        && Arrays.equals(c.publicKeyInfo(), candidate.publicKeyInfo()));
    }

    private boolean fits(Certificate certificate, Candidate issuer) {
        Optional<Rejection> problem =
                judged.computeIfAbsent(issuer, i -> certificateChecks.problem(i.certificate(), i.role()));
        if (problem.isEmpty() && !isSigned(certificate, issuer.certificate())) {
            problem = Optional.of(new Rejection.BadSignature(certificate, issuer.certificate()));
        }
        problem.ifPresent(this::note);
        return problem.isEmpty();
    }

    private boolean isSigned(Certificate certificate, Certificate issuer) {
        Map<Certificate, Boolean> byIssuer = signatures.computeIfAbsent(certificate, c -> new HashMap<>());
        Boolean known = byIssuer.get(issuer);
        if (known != null) {
            return known;
        }
        spending.signature();
        boolean good = certificate.isSignedBy(issuer.publicKey(), provider);
        byIssuer.put(issuer, good);
        return good;
    }

    private boolean isShortEnough(List<Certificate> path) {
        long counted = path.stream().skip(1).filter(c -> !c.isSelfIssued()).count();
        boolean shortEnough = counted <= policy.maxIntermediates();
        if (!shortEnough) {
            note(new Rejection.PathTooLong(path.getLast(), policy.maxIntermediates()));
        }
        return shortEnough;
    }

    private boolean holds(List<Certificate> path) {
        Optional<Rejection> problem = pathChecks.problem(path);
        problem.ifPresent(this::note);
        return problem.isEmpty();
    }

    private void note(Rejection rejection) {
        Rejection known = best;
        if (known == null || rank(rejection) > rank(known)) {
            best = rejection;
        }
    }

    /// How far a path had come: nobody found, somebody of that name, a CA with a fault of its own, a whole path.
    private static int rank(Rejection rejection) {
        return switch (rejection) {
            case Rejection.UnknownIssuer r -> 0;
            case Rejection.BadSignature r -> 1;
            case Rejection.WrongPurpose r -> 3;
            case Rejection.NameNotPermitted r -> 3;
            case Rejection.PathTooLong r -> 3;
            default -> 2;
        };
    }
}
