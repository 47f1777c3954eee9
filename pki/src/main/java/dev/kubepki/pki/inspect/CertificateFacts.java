package dev.kubepki.pki.inspect;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.AuthorityKeyIdentifier;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.KeyUsage;
import dev.kubepki.pki.x509.Validity;
import dev.kubepki.pki.x509.X509Failure;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What is worth knowing about a certificate.
final class CertificateFacts {
    private static final Duration SOON = Duration.ofDays(30);
    private static final int MAX_SERIAL_BITS = 159;

    private final Certificate certificate;
    private final Instant now;
    private final boolean ca;
    private final FactsBuilder facts;

    private CertificateFacts(Certificate certificate, Instant now) {
        this.certificate = certificate;
        this.now = now;
        this.ca = isCa(certificate);
        this.facts = new FactsBuilder("Certificate", ca ? "CA certificate" : "certificate");
    }

    /// Damaged constraints make no CA; that they are damaged is told elsewhere.
    private static boolean isCa(Certificate certificate) {
        try {
            return certificate.isCa();
        } catch (X509Failure damaged) {
            return false;
        }
    }

    static Facts of(Certificate certificate, Instant now) {
        CertificateFacts reading = new CertificateFacts(certificate, now);
        FactsBuilder facts = reading.facts;
        facts.text("subject", "Subject", certificate.subject().toString());
        facts.text("issuer", "Issuer", certificate.issuer().toString());
        facts.text("serial", "Serial", Hex.colons(certificate.serial()));
        facts.attempt(reading::validity);
        facts.attempt(reading::names);
        PublicKeys.describe(facts, certificate.publicKeyInfo());
        facts.text("signature", "Signature", certificate.signatureName());
        facts.attempt(reading::usages);
        facts.attempt(reading::constraints);
        facts.attempt(reading::identifiers);
        facts.text("sha256", "SHA-256", certificate.fingerprint());
        facts.attempt(reading::identity);
        facts.attempt(reading::form);
        facts.attempt(reading::issuerNotes);
        return facts.build();
    }

    private void validity() {
        Validity validity = certificate.validity();
        long days = validity.remaining(now).toDays();
        String state = Times.state(validity, now);
        facts.text("notBefore", "", validity.notBefore().toString());
        facts.text("notAfter", "", validity.notAfter().toString());
        facts.text("", "Valid from", Times.text(validity.notBefore()));
        facts.text("", "Valid until", Times.text(validity.notAfter(), now));
        facts.number("daysLeft", "", days);
        facts.text("state", "State", state);
        if (state.equals("expired")) {
            facts.warn("it expired " + Times.distance(now, validity.notAfter()));
        } else if (state.equals("not yet valid")) {
            facts.warn("it is not valid yet; check the clock of the machine that made it");
        } else if (validity.remaining(now).compareTo(SOON) < 0) {
            facts.warn("it expires " + Times.distance(now, validity.notAfter()));
        }
    }

    private void names() {
        List<String> names =
                certificate.subjectAltNames().stream().map(Object::toString).toList();
        facts.texts("subjectAltNames", "Names", names);
        boolean server = certificate
                .extendedKeyUsages()
                .map(usages -> usages.contains(ExtendedKeyUsage.SERVER_AUTH))
                .orElse(false);
        if (server && names.isEmpty()) {
            facts.warn("it is for a server and has no subject alternative name: Go and so every Kubernetes component"
                    + " refuses it");
        }
    }

    private void usages() {
        Optional<Set<KeyUsage>> keyUsage = certificate.keyUsage();
        Optional<List<ExtendedKeyUsage>> extended = certificate.extendedKeyUsages();
        keyUsage.ifPresent(usages -> facts.texts(
                "keyUsages", "Key usages", usages.stream().map(KeyUsage::field).toList()));
        extended.ifPresent(usages -> facts.texts(
                "extendedKeyUsages",
                "For",
                usages.stream().map(ExtendedKeyUsage::field).toList()));
        boolean tls = extended.map(usages ->
                        usages.contains(ExtendedKeyUsage.SERVER_AUTH) || usages.contains(ExtendedKeyUsage.CLIENT_AUTH))
                .orElse(false);
        if (tls && keyUsage.isPresent() && !keyUsage.get().contains(KeyUsage.DIGITAL_SIGNATURE)) {
            facts.warn("its key usages lack digitalSignature: Java and strict TLS clients refuse it");
        }
        if (ca && keyUsage.isPresent() && !keyUsage.get().contains(KeyUsage.CERT_SIGN)) {
            facts.warn("it is a CA whose key usages lack keyCertSign: nothing it signs is accepted");
        }
    }

    private void constraints() {
        Optional<BasicConstraints> constraints = certificate.basicConstraints();
        facts.truth("ca", "", ca);
        constraints.filter(BasicConstraints::ca).ifPresent(authority -> {
            authority.pathLength().ifPresent(length -> facts.number("pathLength", "CAs below", length));
        });
    }

    private void identifiers() {
        facts.text("subjectKeyId", "Subject key ID", certificate.subjectKeyIdentifier());
        Optional<AuthorityKeyIdentifier> authority = certificate.authorityKeyIdentifier();
        facts.text("authorityKeyId", "Issuer key ID", authority.flatMap(AuthorityKeyIdentifier::keyId));
        if (authority.map(AuthorityKeyIdentifier::issuerAndSerial).orElse(false)) {
            facts.warn("its authority key identifier names the CA's serial number: OpenSSL and Java reject it once the"
                    + " CA is renewed");
        }
    }

    private void identity() {
        if (ca) {
            return;
        }
        Optional<String> obstacle = Identity.obstacle(certificate);
        if (obstacle.isPresent()) {
            facts.truth("canLogIn", "", false);
            facts.info(obstacle.get());
            return;
        }
        Identity identity = Identity.of(certificate.subject());
        facts.truth("canLogIn", "", true);
        facts.text("user", "Kubernetes user", identity.user());
        facts.texts("groups", "Kubernetes groups", identity.groups());
        facts.text("uid", "Kubernetes UID", identity.uid());
        facts.text("credentialId", "Credential ID", Identity.credentialId(certificate));
        identity.dangers().forEach(facts::warn);
    }

    private void form() {
        facts.number("version", "", certificate.version());
        if (certificate.version() < 3) {
            facts.warn("it is X.509 version " + certificate.version()
                    + ", without names and usages; 'openssl x509 -req' makes such ones if no extension file is given");
        }
        String signature = certificate.signatureName().toUpperCase(Locale.ROOT);
        if (signature.startsWith("SHA1") || signature.startsWith("MD5")) {
            facts.warn("it is signed with " + certificate.signatureName() + ", which nothing accepts any more");
        }
        BigInteger serial = certificate.serial();
        if (serial.signum() <= 0 || serial.bitLength() > MAX_SERIAL_BITS) {
            facts.warn("its serial number is not between 1 and 20 bytes (RFC 5280 §4.1.2.2): Go refuses negative ones");
        }
    }

    private void issuerNotes() {
        boolean selfSigned = certificate.isSelfIssued() && isSelfSigned();
        facts.truth("selfSigned", "", selfSigned);
        if (selfSigned && !ca) {
            facts.info("it is self-signed: only who has this very certificate can trust it");
        } else if (selfSigned) {
            facts.info("it is self-signed: a root");
        } else if (certificate.isSelfIssued() && !ca) {
            facts.warn("it has the same name as its CA: OpenSSL takes it for self-signed unless key identifiers tell"
                    + " them apart");
        }
    }

    private boolean isSelfSigned() {
        try {
            return certificate.isSignedBy(certificate.publicKey(), CryptoProvider.jdk());
        } catch (KeyFailure | X509Failure unknownKind) {
            return false;
        }
    }
}
