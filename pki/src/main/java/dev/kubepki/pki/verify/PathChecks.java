package dev.kubepki.pki.verify;

import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.NameConstraints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What holds between the certificates of a path whose signatures are good (RFC 5280 §6.1).
final class PathChecks {
    private final VerificationPolicy policy;
    private final Purpose purpose;
    private final Spending spending;

    PathChecks(VerificationPolicy policy, Purpose purpose, Spending spending) {
        this.policy = policy;
        this.purpose = purpose;
        this.spending = spending;
    }

    /// @param path from the end entity to the anchor
    Optional<Rejection> problem(List<Certificate> path) {
        return length(path).or(() -> purposes(path)).or(() -> names(path));
    }

    /// §6.1.4 (l), (m), from the anchor down. Self-issued certificates don't count, nor does the end entity.
    private Optional<Rejection> length(List<Certificate> path) {
        int left = policy.maxIntermediates();
        int allowed = left;
        Certificate limiting = path.getLast();
        for (int i = path.size() - 1; i > 0; i--) {
            Certificate certificate = path.get(i);
            boolean counts = i < path.size() - 1 && !certificate.isSelfIssued();
            if (counts && --left < 0) {
                return Optional.of(new Rejection.PathTooLong(limiting, allowed));
            }
            OptionalInt limit = certificate
                    .basicConstraints()
                    .map(BasicConstraints::pathLength)
                    .orElse(OptionalInt.empty());
            if (limit.isPresent() && limit.getAsInt() < left) {
                left = limit.getAsInt();
                allowed = left;
                limiting = certificate;
            }
        }
        return Optional.empty();
    }

    /// A CA with extended key usages lends its certificates no others. RFC 5280 leaves that open; Go and OpenSSL do so.
    private Optional<Rejection> purposes(List<Certificate> path) {
        for (Certificate certificate : path) {
            Optional<List<ExtendedKeyUsage>> present = certificate.extendedKeyUsages();
            if (present.isPresent() && !purpose.isAllowedBy(present.get())) {
                return Optional.of(new Rejection.WrongPurpose(certificate, purpose.usage(), present.get()));
            }
        }
        return Optional.empty();
    }

    /// §6.1.3 (b), (c), from the anchor down; the anchor's own constraints hold too.
    private Optional<Rejection> names(List<Certificate> path) {
        List<NameConstraintCheck> inForce = new ArrayList<>();
        for (int i = path.size() - 1; i >= 0; i--) {
            Certificate certificate = path.get(i);
            boolean exempt = i > 0 && certificate.isSelfIssued();
            for (NameConstraintCheck check : exempt ? List.<NameConstraintCheck>of() : inForce) {
                Optional<Rejection> problem = check.problem(certificate);
                if (problem.isPresent()) {
                    return problem;
                }
            }
            Optional<NameConstraints> constraints = certificate.nameConstraints();
            if (constraints.isPresent()) {
                inForce.add(new NameConstraintCheck(certificate, constraints.get(), spending));
            }
        }
        return Optional.empty();
    }
}
