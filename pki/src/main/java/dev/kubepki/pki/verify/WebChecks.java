package dev.kubepki.pki.verify;

import static dev.kubepki.pki.verify.ProfileChecks.isCritical;
import static dev.kubepki.pki.verify.ProfileChecks.problemIf;

import dev.kubepki.pki.x509.AuthorityKeyIdentifier;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.Extension;
import dev.kubepki.pki.x509.SubjectAltName;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;

/// What the CA/Browser Forum's baseline requirements ask beyond RFC 5280, as far as a certificate shows it.
final class WebChecks {
    private WebChecks() {}

    static Optional<String> authorityKeyIdPure(Certificate certificate, Role role) {
        Optional<AuthorityKeyIdentifier> id = certificate.authorityKeyIdentifier();
        return problemIf(
                id.isPresent()
                        && (id.get().keyId().isEmpty()
                                || id.get().issuerAndSerial()
                                || id.get().serial().isPresent()),
                "its authority key identifier is not a key identifier alone");
    }

    static Optional<String> rootKeyIdsAgree(Certificate certificate, Role role) {
        Optional<String> authority = certificate.authorityKeyIdentifier().flatMap(AuthorityKeyIdentifier::keyId);
        return problemIf(
                isRoot(certificate, role)
                        && authority.isPresent()
                        && !authority.equals(certificate.subjectKeyIdentifier()),
                "its authority key identifier is not its own subject key identifier");
    }

    static Optional<String> rootWithoutPurpose(Certificate certificate, Role role) {
        return problemIf(
                isRoot(certificate, role) && certificate.extendedKeyUsages().isPresent(),
                "it is a root with extended key usages");
    }

    static Optional<String> purposesNamed(Certificate certificate, Role role) {
        if (role != Role.END_ENTITY) {
            return Optional.empty();
        }
        Optional<List<ExtendedKeyUsage>> purposes = certificate.extendedKeyUsages();
        return problemIf(purposes.isEmpty(), "it has no extended key usages")
                .or(() -> problemIf(
                        purposes.orElse(List.of()).contains(ExtendedKeyUsage.ANY),
                        "its extended key usages allow everything"))
                .or(() -> problemIf(
                        isCritical(certificate, Extension.EXTENDED_KEY_USAGE), "its extended key usages are critical"));
    }

    static Optional<String> endEntityNoCa(Certificate certificate, Role role) {
        return problemIf(role == Role.END_ENTITY && certificate.isCa(), "it is a CA");
    }

    static Optional<String> altNamesPresent(Certificate certificate, Role role) {
        if (role != Role.END_ENTITY) {
            return Optional.empty();
        }
        boolean critical = isCritical(certificate, Extension.SUBJECT_ALT_NAME);
        return problemIf(certificate.subjectAltNames().isEmpty(), "it has no subject alternative names")
                .or(() -> problemIf(
                        critical && !certificate.subject().isEmpty(),
                        "its subject alternative names are critical although it has a subject"));
    }

    static Optional<String> commonNameAmongAltNames(Certificate certificate, Role role) {
        if (role != Role.END_ENTITY) {
            return Optional.empty();
        }
        List<String> names =
                certificate.subjectAltNames().stream().map(WebChecks::text).toList();
        return certificate.subject().values(DistinguishedName.COMMON_NAME).stream()
                .filter(commonName -> !names.contains(commonName))
                .map(commonName -> "its common name '" + commonName + "' is not a subject alternative name")
                .findFirst();
    }

    private static String text(SubjectAltName name) {
        return switch (name) {
            case SubjectAltName.Dns(String dns) -> dns;
            case SubjectAltName.Ip(String address) -> address;
            case SubjectAltName.Email(String address) -> address;
            case SubjectAltName.Uri(String uri) -> uri;
            case SubjectAltName.Other other -> other.toString();
        };
    }

    static Optional<String> wildcardBelowTwoLabels(Certificate certificate, Role role) {
        for (SubjectAltName name : certificate.subjectAltNames()) {
            if (name instanceof SubjectAltName.Dns(String dns)
                    && dns.startsWith("*")
                    && dns.indexOf('.') == dns.lastIndexOf('.')) {
                return Optional.of("'" + dns + "' stands for every name of a top-level domain");
            }
        }
        return Optional.empty();
    }

    static Optional<String> rsaWholeBytes(Certificate certificate, Role role) {
        return problemIf(
                certificate.publicKey() instanceof RSAPublicKey rsa
                        && rsa.getModulus().bitLength() % 8 != 0,
                "its RSA modulus is not a whole number of bytes");
    }

    private static boolean isRoot(Certificate certificate, Role role) {
        return role == Role.ANCHOR && certificate.isSelfIssued();
    }
}
