package dev.kubepki.pki.verify;

import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.Extension;
import dev.kubepki.pki.x509.KeyUsage;
import dev.kubepki.pki.x509.X509Failure;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// What can be said of one certificate in its place, without the others of the path (RFC 5280 §6.1.3, §6.1.4).
final class CertificateChecks {
    /// What is processed here. A critical extension outside this list refuses the path. Policies are in it: as policy
    /// constraints are refused, any policy is acceptable, and policies need no processing (§6.1.1).
    private static final Set<String> UNDERSTOOD = Set.of(
            Extension.SUBJECT_KEY_IDENTIFIER,
            Extension.KEY_USAGE,
            Extension.SUBJECT_ALT_NAME,
            Extension.BASIC_CONSTRAINTS,
            Extension.NAME_CONSTRAINTS,
            Extension.CERTIFICATE_POLICIES,
            Extension.AUTHORITY_KEY_IDENTIFIER,
            Extension.EXTENDED_KEY_USAGE,
            Extension.AUTHORITY_INFORMATION_ACCESS);

    private static final Set<String> SIGNATURES = Set.of(
            "SHA256withRSA",
            "SHA384withRSA",
            "SHA512withRSA",
            "SHA256withECDSA",
            "SHA384withECDSA",
            "SHA512withECDSA",
            "Ed25519");

    private final VerificationPolicy policy;
    private final Instant at;

    /// @param at in whole seconds: certificates know no others (§4.1.2.5)
    CertificateChecks(VerificationPolicy policy, Instant at) {
        this.policy = policy;
        this.at = at;
    }

    /// What forbids the certificate here. The first problem of the first kind, the useful ones before the formal ones.
    Optional<Rejection> problem(Certificate certificate, Role role) {
        List<Supplier<Optional<Rejection>>> checks = List.of(
                () -> syntax(certificate),
                () -> validity(certificate),
                () -> role == Role.END_ENTITY ? Optional.empty() : authority(certificate, role),
                () -> key(certificate),
                () -> role == Role.ANCHOR ? Optional.empty() : signatureAlgorithm(certificate),
                () -> criticalExtensions(certificate),
                () -> rules(certificate, role));
        try {
            for (Supplier<Optional<Rejection>> check : checks) {
                Optional<Rejection> problem = check.get();
                if (problem.isPresent()) {
                    return problem;
                }
            }
            return Optional.empty();
        } catch (X509Failure e) {
            return Optional.of(new Rejection.Malformed(certificate, String.valueOf(e.getMessage())));
        }
    }

    private Optional<Rejection> validity(Certificate certificate) {
        Instant notBefore = certificate.validity().notBefore();
        Instant notAfter = certificate.validity().notAfter();
        if (at.isAfter(notAfter)) {
            return Optional.of(new Rejection.Expired(certificate, at, notAfter));
        }
        return at.isBefore(notBefore)
                ? Optional.of(new Rejection.NotYetValid(certificate, at, notBefore))
                : Optional.empty();
    }

    private static Optional<Rejection> syntax(Certificate certificate) {
        Set<String> seen = new HashSet<>();
        for (Extension extension : certificate.extensions()) {
            Optional<String> problem =
                    seen.add(extension.oid()) ? extension.syntaxProblem() : Optional.of("it stands there twice");
            if (problem.isPresent()) {
                return Optional.of(new Rejection.MalformedExtension(certificate, extension.oid(), problem.get()));
            }
        }
        return certificate.syntaxProblem().map(problem -> new Rejection.Malformed(certificate, problem));
    }

    /// §6.1.4 (k) and (n). A version 1 certificate can't say that it is a CA; as an anchor its owner has said so.
    private static Optional<Rejection> authority(Certificate certificate, Role role) {
        boolean toldByOwner = role == Role.ANCHOR && certificate.version() == 1;
        if (!certificate.isCa() && !toldByOwner) {
            return Optional.of(new Rejection.NotACa(certificate));
        }
        Optional<Set<KeyUsage>> usages = certificate.keyUsage();
        return usages.isPresent() && !usages.get().contains(KeyUsage.CERT_SIGN)
                ? Optional.of(new Rejection.MayNotSign(certificate, usages.get()))
                : Optional.empty();
    }

    private Optional<Rejection> key(Certificate certificate) {
        try {
            PublicKey key = certificate.publicKey();
            boolean accepted = key instanceof RSAPublicKey rsa
                    ? rsa.getModulus().bitLength() >= policy.minimumRsaBits()
                    : KeyAlgorithm.of(key).isPresent();
            return accepted
                    ? Optional.empty()
                    : Optional.of(new Rejection.WeakKey(certificate, KeyAlgorithm.describe(key)));
        } catch (KeyFailure e) {
            return Optional.of(new Rejection.WeakKey(certificate, String.valueOf(e.getMessage())));
        }
    }

    private static Optional<Rejection> signatureAlgorithm(Certificate certificate) {
        String name = certificate.signatureName();
        return SIGNATURES.contains(name)
                ? Optional.empty()
                : Optional.of(new Rejection.WeakSignature(certificate, name));
    }

    private static Optional<Rejection> criticalExtensions(Certificate certificate) {
        for (Extension extension : certificate.extensions()) {
            if (extension.critical() && !UNDERSTOOD.contains(extension.oid())) {
                return Optional.of(new Rejection.CriticalExtensionUnknown(certificate, extension.oid()));
            }
        }
        return Optional.empty();
    }

    private Optional<Rejection> rules(Certificate certificate, Role role) {
        for (CertificateRule rule : CertificateRule.values()) {
            Optional<String> problem =
                    policy.rules().contains(rule) ? rule.problem(certificate, role) : Optional.empty();
            if (problem.isPresent()) {
                return Optional.of(new Rejection.RuleBroken(certificate, rule, problem.get()));
            }
        }
        return Optional.empty();
    }
}
