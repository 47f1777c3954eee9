package dev.kubepki.pki.verify;

import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.issue.IssuanceRequest;
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
import dev.kubepki.pki.x509.SubjectAltName;
import dev.kubepki.pki.x509.Validity;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// Certificates good and bad. What a CA of ours would refuse to sign is drafted and signed by hand.
final class Chains {
    static final CryptoProvider PROVIDER = CryptoProvider.jdk();
    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    static final Duration YEAR = Duration.ofDays(365);
    private static final SecureRandom RANDOM = new SecureRandom();

    private Chains() {}

    /// Somebody who signs: a certificate and its key.
    record Signer(Certificate certificate, SigningKey key) {}

    /// A certificate in the making; each method gives a changed copy.
    record Recipe(
            DistinguishedName subject,
            SigningKey key,
            BigInteger serial,
            Validity validity,
            List<Extension> extensions) {
        Recipe with(Extension extension) {
            List<Extension> others = new ArrayList<>(extensions);
            others.removeIf(e -> e.oid().equals(extension.oid()));
            others.add(extension);
            return new Recipe(subject, key, serial, validity, others);
        }

        Recipe without(String oid) {
            List<Extension> others = new ArrayList<>(extensions);
            others.removeIf(e -> e.oid().equals(oid));
            return new Recipe(subject, key, serial, validity, others);
        }

        Recipe subject(DistinguishedName other) {
            return new Recipe(other, key, serial, validity, extensions);
        }

        Recipe serial(BigInteger other) {
            return new Recipe(subject, key, other, validity, extensions);
        }

        Recipe validity(Instant from, Instant to) {
            return new Recipe(subject, key, serial, new Validity(from, to), extensions);
        }

        Signer signedBy(Signer issuer) {
            Extension keyId = CertificateExtensions.authorityKeyIdentifier(
                    issuer.certificate().subjectKeyIdentifier().orElseThrow());
            return new Signer(with(keyId).draft(issuer.certificate().subject()).sign(issuer.key(), PROVIDER), key);
        }

        Signer selfSigned() {
            return new Signer(draft(subject).sign(key, PROVIDER), key);
        }

        private CertificateDraft draft(DistinguishedName issuer) {
            return new CertificateDraft(
                    subject, issuer, serial, validity, key.publicKey().getEncoded(), extensions);
        }
    }

    static Recipe ca(String commonName) {
        return ca(commonName, PROVIDER.generate(KeyAlgorithm.ECDSA_P256));
    }

    static Recipe ca(String commonName, SigningKey key) {
        return recipe(commonName, key)
                .with(CertificateExtensions.basicConstraints(BasicConstraints.AUTHORITY))
                .with(CertificateExtensions.keyUsage(EnumSet.of(KeyUsage.CERT_SIGN, KeyUsage.CRL_SIGN)));
    }

    static Extension pathLength(int limit) {
        return CertificateExtensions.basicConstraints(new BasicConstraints(true, OptionalInt.of(limit)));
    }

    /// A TLS server and client for `node.example.com` and 10.0.0.1.
    static Recipe leaf() {
        return recipe("node", PROVIDER.generate(KeyAlgorithm.ECDSA_P256))
                .with(CertificateExtensions.keyUsage(EnumSet.of(KeyUsage.DIGITAL_SIGNATURE)))
                .with(CertificateExtensions.extendedKeyUsages(
                        List.of(ExtendedKeyUsage.SERVER_AUTH, ExtendedKeyUsage.CLIENT_AUTH)))
                .with(names("node.example.com", "10.0.0.1"));
    }

    static Extension names(String... hosts) {
        return CertificateExtensions.subjectAltNames(
                List.of(hosts).stream().map(SubjectAltName::of).toList(), false);
    }

    static Extension purposes(ExtendedKeyUsage... purposes) {
        return CertificateExtensions.extendedKeyUsages(List.of(purposes));
    }

    static Extension usages(KeyUsage first, KeyUsage... more) {
        return CertificateExtensions.keyUsage(EnumSet.of(first, more));
    }

    private static Recipe recipe(String commonName, SigningKey key) {
        String keyId = CertificateExtensions.keyIdentifier(key.publicKey().getEncoded());
        return new Recipe(
                        DistinguishedName.ofCommonName(commonName),
                        key,
                        new BigInteger(120, RANDOM).add(BigInteger.ONE),
                        new Validity(NOW.minus(YEAR), NOW.plus(YEAR)),
                        List.of())
                .with(CertificateExtensions.subjectKeyIdentifier(keyId));
    }

    /// Root, intermediate and leaf as the library itself issues them.
    static List<Certificate> issued(KeyAlgorithm algorithm) {
        CertificateAuthority root = CertificateAuthority.root(
                CertificateProfile.authority(BasicConstraints.AUTHORITY, YEAR.multipliedBy(10)),
                DistinguishedName.ofCommonName("kubernetes-root"),
                PROVIDER.generate(algorithm),
                NOW,
                PROVIDER,
                RANDOM);
        SigningKey middleKey = PROVIDER.generate(algorithm);
        CertificateAuthority middle = root.intermediate(
                root.prepare(
                        CertificateProfile.authority(
                                new BasicConstraints(true, OptionalInt.of(0)), YEAR.multipliedBy(5)),
                        new IssuanceRequest(
                                DistinguishedName.ofCommonName("kubernetes-ca"), List.of(), middleKey.publicKey()),
                        NOW),
                middleKey);
        IssuanceRequest server = new IssuanceRequest(
                DistinguishedName.of("system:node:node", List.of("system:nodes")),
                List.of(SubjectAltName.of("node.example.com"), SubjectAltName.of("10.0.0.1")),
                PROVIDER.generate(algorithm).publicKey());
        Certificate leaf = middle.issue(middle.prepare(CertificateProfile.serverAndClient(YEAR), server, NOW));
        return List.of(leaf, middle.certificate(), root.certificate());
    }

    static Set<KeyAlgorithm> algorithms() {
        return EnumSet.of(
                KeyAlgorithm.RSA_2048, KeyAlgorithm.ECDSA_P256, KeyAlgorithm.ECDSA_P521, KeyAlgorithm.ED25519);
    }
}
