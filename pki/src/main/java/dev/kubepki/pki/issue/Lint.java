package dev.kubepki.pki.issue;

import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.AuthorityKeyIdentifier;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.KeyUsage;
import dev.kubepki.pki.x509.SubjectAltName;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One rule that every certificate keeps before a CA's key signs it.
///
/// @param name how the rule is called in tests and documents
record Lint(String name, Rule rule) {
    /// Every rule, in the order in which reasons are given.
    static final List<Lint> ALL = List.of(
            new Lint("serialInRange", Lint::serialInRange),
            new Lint("validityInOrder", Lint::validityInOrder),
            new Lint("withinIssuer", Lint::withinIssuer),
            new Lint("issuerMaySign", Lint::issuerMaySign),
            new Lint("issuerNamed", Lint::issuerNamed),
            new Lint("named", Lint::named),
            new Lint("subjectClean", Lint::subjectClean),
            new Lint("namesWellFormed", Lint::namesWellFormed),
            new Lint("keyStrong", Lint::keyStrong),
            new Lint("keyNotIssuers", Lint::keyNotIssuers),
            new Lint("usagesFitKey", Lint::usagesFitKey),
            new Lint("usagesFitRole", Lint::usagesFitRole));

    /// What is wrong with the certificate, or empty. For a root the issuer is the certificate itself.
    interface Rule {
        Optional<String> reason(Certificate certificate, Certificate issuer);
    }

    static List<String> reasons(Certificate certificate, Certificate issuer) {
        List<String> reasons = new ArrayList<>();
        for (Lint lint : ALL) {
            lint.rule().reason(certificate, issuer).ifPresent(reasons::add);
        }
        return reasons;
    }

    /// RFC 5280 §4.1.2.2: positive, at most 20 octets.
    private static Optional<String> serialInRange(Certificate certificate, Certificate issuer) {
        BigInteger serial = certificate.serial();
        return refuseIf(
                serial.signum() <= 0 || serial.bitLength() > 159, "the serial number is not between 1 and 2^159");
    }

    private static Optional<String> validityInOrder(Certificate certificate, Certificate issuer) {
        return refuseIf(
                !certificate
                        .validity()
                        .notAfter()
                        .isAfter(certificate.validity().notBefore()),
                "the certificate would end before it begins");
    }

    private static Optional<String> withinIssuer(Certificate certificate, Certificate issuer) {
        return refuseIf(
                certificate.validity().notAfter().isAfter(issuer.validity().notAfter()),
                "the certificate would outlive its CA");
    }

    private static Optional<String> issuerMaySign(Certificate certificate, Certificate issuer) {
        Optional<Set<KeyUsage>> usages = issuer.keyUsage();
        if (!issuer.isCa() || (usages.isPresent() && !usages.get().contains(KeyUsage.CERT_SIGN))) {
            return Optional.of("the issuer '" + issuer.subject() + "' is not a CA that may sign certificates");
        }
        int limit = issuer.basicConstraints()
                .map(BasicConstraints::pathLength)
                .orElseThrow()
                .orElse(Integer.MAX_VALUE);
        return refuseIf(
                certificate.isCa() && !certificate.equals(issuer) && limit == 0,
                "the issuer '" + issuer.subject() + "' may not sign other CAs (path length 0)");
    }

    /// Go finds an issuer by the bytes of its name; OpenSSL by the key identifier.
    private static Optional<String> issuerNamed(Certificate certificate, Certificate issuer) {
        if (!certificate.issuer().equals(issuer.subject())) {
            return Optional.of("the issuer's name is not the CA's subject, byte for byte");
        }
        Optional<String> wanted = issuer.subjectKeyIdentifier();
        Optional<String> found = certificate.authorityKeyIdentifier().flatMap(AuthorityKeyIdentifier::keyId);
        return refuseIf(
                !certificate.equals(issuer) && wanted.isPresent() && !found.equals(wanted),
                "the authority key identifier is not the CA's subject key identifier");
    }

    private static Optional<String> named(Certificate certificate, Certificate issuer) {
        boolean nameless = certificate.subject().isEmpty();
        return refuseIf(
                nameless && (certificate.isCa() || certificate.subjectAltNames().isEmpty()),
                "the certificate names nobody: it has neither a subject nor a subject alternative name");
    }

    private static Optional<String> subjectClean(Certificate certificate, Certificate issuer) {
        for (List<DistinguishedName.Attribute> rdn : certificate.subject().rdns()) {
            for (DistinguishedName.Attribute attribute : rdn) {
                String value = attribute.value();
                if (value.isEmpty() || value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                    return Optional.of("the subject's " + attribute.shortName()
                            + (value.isEmpty() ? " is empty" : " holds a control character"));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> namesWellFormed(Certificate certificate, Certificate issuer) {
        Set<SubjectAltName> seen = new HashSet<>();
        for (SubjectAltName name : certificate.subjectAltNames()) {
            if (name instanceof SubjectAltName.Dns(String dns) && !DnsNames.isValid(dns)) {
                return Optional.of("'" + dns + "' is not a DNS name");
            }
            if (name instanceof SubjectAltName.Other) {
                return Optional.of("the subject alternative name " + name + " is of a kind that is not signed here");
            }
            if (!seen.add(name)) {
                return Optional.of("the subject alternative name " + name + " stands there twice");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> keyStrong(Certificate certificate, Certificate issuer) {
        try {
            PublicKey key = certificate.publicKey();
            if (key instanceof RSAPublicKey rsa) {
                BigInteger exponent = rsa.getPublicExponent();
                boolean weak = rsa.getModulus().bitLength() < 2048
                        || exponent.compareTo(BigInteger.valueOf(65537)) < 0
                        || !exponent.testBit(0)
                        || !rsa.getModulus().testBit(0);
                return refuseIf(weak, "the key is weak: " + KeyAlgorithm.describe(key) + ", exponent " + exponent);
            }
            return refuseIf(
                    KeyAlgorithm.of(key).isEmpty(),
                    "keys of type " + KeyAlgorithm.describe(key) + " are not certified");
        } catch (KeyFailure e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    private static Optional<String> keyNotIssuers(Certificate certificate, Certificate issuer) {
        boolean same = java.util.Arrays.equals(certificate.publicKeyInfo(), issuer.publicKeyInfo());
        return refuseIf(same && !certificate.equals(issuer), "the certificate's key is the CA's own key");
    }

    private static Optional<String> usagesFitKey(Certificate certificate, Certificate issuer) {
        boolean enciphers = certificate.keyUsage().orElse(Set.of()).contains(KeyUsage.KEY_ENCIPHERMENT);
        return refuseIf(
                enciphers && !certificate.publicKey().getAlgorithm().equals("RSA"),
                "keyEncipherment has no meaning for a key that can't encrypt");
    }

    private static Optional<String> usagesFitRole(Certificate certificate, Certificate issuer) {
        boolean signs = certificate.keyUsage().orElse(Set.of()).contains(KeyUsage.CERT_SIGN);
        return refuseIf(signs != certificate.isCa(), "keyCertSign and the CA flag do not agree");
    }

    private static Optional<String> refuseIf(boolean wrong, String reason) {
        return wrong ? Optional.of(reason) : Optional.empty();
    }
}
