package dev.kubepki.pki.issue;

import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.KeyUsage;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a CA puts into a certificate, whatever the request says.
///
/// @param keyUsages for an RSA key; keyEncipherment is left out for keys that can't encrypt
/// @param lifetime from the moment of signing to the end
public record CertificateProfile(
        String name,
        Set<KeyUsage> keyUsages,
        List<ExtendedKeyUsage> extendedKeyUsages,
        BasicConstraints basicConstraints,
        Duration lifetime) {
    /// How long before the moment of signing a certificate begins, for the clocks of others that run late.
    public static final Duration BACKDATE = Duration.ofMinutes(5);

    /// Defensive copies.
    public CertificateProfile {
        keyUsages = Set.copyOf(keyUsages);
        extendedKeyUsages = List.copyOf(extendedKeyUsages);
    }

    /// A TLS server.
    public static CertificateProfile server(Duration lifetime) {
        return leaf("server", List.of(ExtendedKeyUsage.SERVER_AUTH), lifetime);
    }

    /// A TLS client.
    public static CertificateProfile client(Duration lifetime) {
        return leaf("client", List.of(ExtendedKeyUsage.CLIENT_AUTH), lifetime);
    }

    /// Both: etcd's server certificate is its client certificate towards itself.
    public static CertificateProfile serverAndClient(Duration lifetime) {
        return leaf("server-client", List.of(ExtendedKeyUsage.SERVER_AUTH, ExtendedKeyUsage.CLIENT_AUTH), lifetime);
    }

    /// A CA. It may sign CRLs too, which Kubernetes' own tools forget, and encrypts nothing.
    public static CertificateProfile authority(BasicConstraints constraints, Duration lifetime) {
        Set<KeyUsage> usages = EnumSet.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.CERT_SIGN, KeyUsage.CRL_SIGN);
        return new CertificateProfile("authority", usages, List.of(), constraints, lifetime);
    }

    private static CertificateProfile leaf(String name, List<ExtendedKeyUsage> purposes, Duration lifetime) {
        Set<KeyUsage> usages = EnumSet.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT);
        return new CertificateProfile(name, usages, purposes, BasicConstraints.END_ENTITY, lifetime);
    }

    /// The same with another lifetime.
    public CertificateProfile withLifetime(Duration other) {
        return new CertificateProfile(name, keyUsages, extendedKeyUsages, basicConstraints, other);
    }

    /// The key usages for a key of this algorithm, in bit order.
    public Set<KeyUsage> keyUsagesFor(Optional<KeyAlgorithm> algorithm) {
        EnumSet<KeyUsage> usages = EnumSet.noneOf(KeyUsage.class);
        usages.addAll(keyUsages);
        if (algorithm.isPresent() && !algorithm.get().canEncipher()) {
            usages.remove(KeyUsage.KEY_ENCIPHERMENT);
        }
        return usages;
    }
}
