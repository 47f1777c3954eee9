package dev.kubepki.server.auth;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateDraft;
import dev.kubepki.pki.x509.CertificateExtensions;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.Extension;
import dev.kubepki.pki.x509.KeyUsage;
import dev.kubepki.pki.x509.Validity;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// Certificates of clients, good and bad, signed by hand.
final class Identities {
    static final CryptoProvider PROVIDER = CryptoProvider.jdk();
    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    static final Validity YEAR = new Validity(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(365)));
    static final SigningKey KEY = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);

    private Identities() {}

    /// A CA.
    record Authority(Certificate certificate, SigningKey key) {
        X509Certificate client(DistinguishedName subject) {
            return client(subject, YEAR, List.of(ExtendedKeyUsage.CLIENT_AUTH));
        }

        X509Certificate client(DistinguishedName subject, Validity validity, List<ExtendedKeyUsage> purposes) {
            List<Extension> extensions = List.of(
                    CertificateExtensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE)),
                    CertificateExtensions.extendedKeyUsages(purposes));
            return draft(subject, certificate.subject(), validity, extensions, KEY)
                    .sign(key, PROVIDER)
                    .jca();
        }

        Authority intermediate(String name, Validity validity) {
            SigningKey own = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
            Certificate signed = draft(
                            DistinguishedName.ofCommonName(name), certificate.subject(), validity, caExtensions(), own)
                    .sign(key, PROVIDER);
            return new Authority(signed, own);
        }
    }

    static Authority authority(String name) {
        SigningKey own = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        DistinguishedName subject = DistinguishedName.ofCommonName(name);
        Validity decade = new Validity(NOW.minus(Duration.ofDays(9)), NOW.plus(Duration.ofDays(3650)));
        return new Authority(
                draft(subject, subject, decade, caExtensions(), own).sign(own, PROVIDER), own);
    }

    private static List<Extension> caExtensions() {
        return List.of(
                CertificateExtensions.keyUsage(Set.of(KeyUsage.CERT_SIGN)),
                CertificateExtensions.basicConstraints(new BasicConstraints(true, OptionalInt.empty())));
    }

    private static CertificateDraft draft(
            DistinguishedName subject,
            DistinguishedName issuer,
            Validity validity,
            List<Extension> extensions,
            SigningKey key) {
        return new CertificateDraft(
                subject, issuer, BigInteger.TEN, validity, key.publicKey().getEncoded(), extensions);
    }

    static UserInfo user(String name, String... groups) {
        return new UserInfo(name, "", List.of(groups), Map.of());
    }
}
