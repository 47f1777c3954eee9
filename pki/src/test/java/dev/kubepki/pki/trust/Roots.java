package dev.kubepki.pki.trust;

import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// CAs for tests, all of ten years from 2026 on.
final class Roots {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final CryptoProvider PROVIDER = CryptoProvider.fastest();

    private Roots() {}

    static CertificateAuthority authority(String name) {
        return CertificateAuthority.root(
                CertificateProfile.authority(BasicConstraints.AUTHORITY, Duration.ofDays(3650)),
                DistinguishedName.ofCommonName(name),
                PROVIDER.generate(KeyAlgorithm.ECDSA_P256),
                NOW,
                PROVIDER,
                new SecureRandom());
    }

    static Certificate ca(String name) {
        return authority(name).certificate();
    }

    static TrustBundle bundle(Certificate... certificates) {
        return TrustBundle.gather(
                List.of(new TrustBundle.Source("test", Arrays.asList(certificates))), NOW, TrustBundle.Expired.REFUSED);
    }
}
