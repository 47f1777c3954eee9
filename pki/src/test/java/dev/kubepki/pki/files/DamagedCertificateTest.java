package dev.kubepki.pki.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.pki.cluster.ClusterConfig;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.FoundFile.Content;
import dev.kubepki.pki.cluster.IpAddress;
import dev.kubepki.pki.cluster.Judgement;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateDraft;
import dev.kubepki.pki.x509.CertificateExtensions;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.Extension;
import dev.kubepki.pki.x509.Validity;
import dev.kubepki.pki.x509.X509Failure;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A certificate that can be read, but of which one part can't, is a finding like any other.
class DamagedCertificateTest {
    private static final CryptoProvider PROVIDER = CryptoProvider.jdk();
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final byte[] NOT_DER = {0x30, 0x7f, 0x01};

    private final SigningKey key = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);

    @TempDir
    Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectory(folder.resolve("pki"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Extension.SUBJECT_ALT_NAME,
                Extension.KEY_USAGE,
                Extension.EXTENDED_KEY_USAGE,
                Extension.BASIC_CONSTRAINTS,
                Extension.NAME_CONSTRAINTS,
                Extension.SUBJECT_KEY_IDENTIFIER,
                Extension.AUTHORITY_KEY_IDENTIFIER
            })
    void isBrokenForEveryJudge(String oid) throws IOException {
        Certificate damaged = certificate(new Extension(oid, false, NOT_DER));
        assertThat(damaged.damage()).isPresent();
        Files.write(folder.resolve("pki/apiserver.crt"), damaged.pem().encoded());
        Files.write(folder.resolve("pki/ca.crt"), damaged.pem().encoded());
        Files.write(folder.resolve("admin.conf"), kubeconfig(damaged));
        PkiDirectory directory = PkiDirectory.of(FileOperations.disk(), folder, Optional.empty());
        assertThat(directory.file("pki/apiserver.crt").content())
                .isInstanceOfSatisfying(
                        Content.Broken.class,
                        broken -> assertThat(broken.reason()).startsWith("certificate 1 is damaged: the "));
        DesiredSet desired = DesiredSet.of(ClusterConfig.forHost("node", List.of(new IpAddress("10.0.0.1"))));
        assertThat(Judgement.of(desired, directory, PROVIDER, NOW, Judgement.SOON)
                        .flatMap(judgement -> judgement.findings().stream())
                        .filter(finding -> finding.what().contains("is damaged"))
                        .map(finding -> finding.path()))
                .contains("pki/ca.crt", "pki/apiserver.crt", "admin.conf");
    }

    @Test
    void aSoundOneHasNoDamage() {
        assertThat(certificate(CertificateExtensions.extendedKeyUsages(List.of(ExtendedKeyUsage.SERVER_AUTH)))
                        .damage())
                .isEmpty();
    }

    @Test
    void anExtensionThatStandsThereTwiceIsNamed() {
        byte[] der = certificate(
                        new Extension("1.2.3.4.37", false, new byte[] {5, 0}),
                        new Extension("1.2.3.4.38", false, new byte[] {5, 0}))
                .der();
        der[indexOf(der, new byte[] {0x2a, 0x03, 0x04, 0x26}) + 3] = 0x25;
        assertThatThrownBy(() -> Certificate.decode(der))
                .isInstanceOf(X509Failure.class)
                .hasMessageContaining("has an extension twice (1.2.3.4.37)");
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            if (java.util.Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }

    private Certificate certificate(Extension... extensions) {
        DistinguishedName name = DistinguishedName.ofCommonName("kube-apiserver");
        Validity validity = new Validity(NOW, NOW.plus(Duration.ofDays(90)));
        return new CertificateDraft(
                        name, name, BigInteger.TEN, validity, key.publicKey().getEncoded(), List.of(extensions))
                .sign(key, PROVIDER);
    }

    private byte[] kubeconfig(Certificate certificate) {
        byte[] pem = certificate.pem().encoded();
        return Kubeconfig.of(
                        folder.resolve("admin.conf"),
                        KubeconfigCluster.named("kubernetes")
                                .withServer("https://10.0.0.1:6443")
                                .withEmbeddedAuthority(pem),
                        KubeconfigUser.named("admin")
                                .withEmbedded(pem, KeyPem.encode(key).encoded()),
                        KubeconfigContext.of("admin", "kubernetes", "admin"))
                .encoded();
    }
}
