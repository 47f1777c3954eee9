package dev.kubepki.pki.verify;

import dev.kubepki.pki.x509.AuthorityKeyIdentifier;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.Extension;
import dev.kubepki.pki.x509.KeyUsage;
import dev.kubepki.pki.x509.NameConstraints;
import dev.kubepki.pki.x509.SubjectAltName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The profile of RFC 5280 §4, rule by rule.
final class ProfileChecks {
    private static final List<String> HINTS = List.of(
            Extension.AUTHORITY_KEY_IDENTIFIER,
            Extension.SUBJECT_KEY_IDENTIFIER,
            Extension.AUTHORITY_INFORMATION_ACCESS);

    private ProfileChecks() {}

    static Optional<String> signatureAlgorithmsAgree(Certificate certificate, Role role) {
        return problemIf(
                !certificate.signatureAlgorithmsAgree(), "the two places that name its signature's algorithm differ");
    }

    static Optional<String> caNamed(Certificate certificate, Role role) {
        return problemIf(certificate.isCa() && certificate.subject().isEmpty(), "it is a CA with an empty subject");
    }

    static Optional<String> serialNotNegative(Certificate certificate, Role role) {
        return problemIf(certificate.serial().signum() < 0, "its serial number is negative");
    }

    /// 20 octets hold 159 bits and a sign.
    static Optional<String> serialInRange(Certificate certificate, Role role) {
        return problemIf(
                certificate.serial().signum() <= 0 || certificate.serial().bitLength() > 159,
                "its serial number is not between 1 and 2^159");
    }

    static Optional<String> version3(Certificate certificate, Role role) {
        return problemIf(certificate.version() != 3, "it is of version " + certificate.version());
    }

    static Optional<String> authorityKeyIdPresent(Certificate certificate, Role role) {
        boolean present = certificate
                .authorityKeyIdentifier()
                .flatMap(AuthorityKeyIdentifier::keyId)
                .isPresent();
        return problemIf(!present && !certificate.isSelfIssued(), "it has no authority key identifier");
    }

    static Optional<String> subjectKeyIdPresent(Certificate certificate, Role role) {
        return problemIf(
                certificate.isCa() && certificate.subjectKeyIdentifier().isEmpty(),
                "it is a CA without a subject key identifier");
    }

    static Optional<String> hintsNotCritical(Certificate certificate, Role role) {
        return HINTS.stream()
                .filter(oid -> isCritical(certificate, oid))
                .map(oid -> "its extension " + oid + " is critical")
                .findFirst();
    }

    static Optional<String> basicConstraintsCritical(Certificate certificate, Role role) {
        return problemIf(
                certificate.isCa() && !isCritical(certificate, Extension.BASIC_CONSTRAINTS),
                "its basic constraints are not critical");
    }

    static Optional<String> signingOnlyByCas(Certificate certificate, Role role) {
        boolean signs = certificate.keyUsage().orElse(Set.of()).contains(KeyUsage.CERT_SIGN);
        boolean limited = certificate
                .basicConstraints()
                .map(BasicConstraints::pathLength)
                .map(limit -> limit.isPresent())
                .orElse(false);
        return problemIf(signs && !certificate.isCa(), "it has keyCertSign but is not a CA")
                .or(() -> problemIf(
                        limited
                                && !(certificate.isCa()
                                        && (signs || certificate.keyUsage().isEmpty())),
                        "it has a path length but may not sign certificates"));
    }

    static Optional<String> nameConstraintsCritical(Certificate certificate, Role role) {
        boolean present = certificate.extension(Extension.NAME_CONSTRAINTS).isPresent();
        return problemIf(
                present && !isCritical(certificate, Extension.NAME_CONSTRAINTS),
                "its name constraints are not critical");
    }

    static Optional<String> nameConstraintsInCas(Certificate certificate, Role role) {
        boolean present = certificate.extension(Extension.NAME_CONSTRAINTS).isPresent();
        return problemIf(present && !certificate.isCa(), "it has name constraints but is not a CA");
    }

    static Optional<String> nameConstraintsSyntax(Certificate certificate, Role role) {
        Stream<NameConstraints.Subtree> subtrees = certificate.nameConstraints().stream()
                .flatMap(c -> Stream.concat(c.permitted().stream(), c.excluded().stream()));
        return problemIf(
                subtrees.anyMatch(s -> s instanceof NameConstraints.Subtree.Dns(String base) && base.startsWith(".")),
                "a DNS name constraint begins with a dot");
    }

    static Optional<String> policyConstraintsCritical(Certificate certificate, Role role) {
        boolean present = certificate.extension(Extension.POLICY_CONSTRAINTS).isPresent();
        return problemIf(
                present && !isCritical(certificate, Extension.POLICY_CONSTRAINTS),
                "its policy constraints are not critical");
    }

    static Optional<String> onlyNamesCritical(Certificate certificate, Role role) {
        return problemIf(
                certificate.subject().isEmpty() && !isCritical(certificate, Extension.SUBJECT_ALT_NAME),
                "its subject is empty and its subject alternative names are not critical");
    }

    static Optional<String> dnsNameSyntax(Certificate certificate, Role role) {
        for (SubjectAltName name : certificate.subjectAltNames()) {
            if (name instanceof SubjectAltName.Dns(String dns) && !HostNames.isPreferredSyntax(dns)) {
                return Optional.of("'" + dns + "' is not a host name");
            }
        }
        return Optional.empty();
    }

    static boolean isCritical(Certificate certificate, String oid) {
        return certificate.extension(oid).map(Extension::critical).orElse(false);
    }

    static Optional<String> problemIf(boolean wrong, String problem) {
        return wrong ? Optional.of(problem) : Optional.empty();
    }
}
