package dev.kubepki.pki.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.AuthorityKeyIdentifier;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.KeyUsage;
import dev.kubepki.pki.x509.SubjectAltName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateAuthorityTest {
    private static final CryptoProvider PROVIDER = CryptoProvider.fastest();
    private static final SecureRandom RANDOM = new SecureRandom();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir
    Path dir;

    @ParameterizedTest
    @EnumSource(
            value = KeyAlgorithm.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RSA_3072", "RSA_4096"})
    void issuesWhatOpensslAcceptsStrictly(KeyAlgorithm algorithm) throws Exception {
        CertificateAuthority root = root(algorithm, BasicConstraints.AUTHORITY, YEAR.multipliedBy(10));
        SigningKey middleKey = PROVIDER.generate(algorithm);
        IssuanceRequest middleRequest =
                new IssuanceRequest(DistinguishedName.ofCommonName("kubernetes-ca"), List.of(), middleKey.publicKey());
        CertificateProfile middleProfile =
                CertificateProfile.authority(new BasicConstraints(true, OptionalInt.of(0)), YEAR.multipliedBy(5));
        CertificateAuthority middle = root.intermediate(root.prepare(middleProfile, middleRequest, now), middleKey);
        Certificate leaf =
                middle.issue(middle.prepare(CertificateProfile.serverAndClient(YEAR), server(algorithm), now));

        Files.write(dir.resolve("root.crt"), root.certificate().pem().encoded());
        Files.write(dir.resolve("ca.crt"), middle.certificate().pem().encoded());
        Files.write(dir.resolve("leaf.crt"), leaf.pem().encoded());
        String output =
                openssl("verify -x509_strict -purpose sslserver -verify_hostname kubernetes.default.svc -CAfile "
                        + dir.resolve("root.crt") + " -untrusted " + dir.resolve("ca.crt") + " "
                        + dir.resolve("leaf.crt"));
        assertThat(output).endsWith("leaf.crt: OK\n");
    }

    @Test
    void writesEveryPropertyOfTheProfile() {
        CertificateAuthority root = root(KeyAlgorithm.ECDSA_P256, BasicConstraints.AUTHORITY, YEAR.multipliedBy(10));
        Certificate leaf =
                root.issue(root.prepare(CertificateProfile.server(YEAR), server(KeyAlgorithm.RSA_2048), now));
        assertThat(leaf.version()).isEqualTo(3);
        assertThat(leaf.validity().notBefore()).isEqualTo(now.minus(Duration.ofMinutes(5)));
        assertThat(leaf.validity().notAfter()).isEqualTo(now.plus(YEAR));
        assertThat(leaf.keyUsage()).contains(Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT));
        assertThat(leaf.extendedKeyUsages()).contains(List.of(ExtendedKeyUsage.SERVER_AUTH));
        assertThat(leaf.basicConstraints()).contains(BasicConstraints.END_ENTITY);
        assertThat(leaf.issuer().encoded())
                .isEqualTo(root.certificate().subject().encoded());
        assertThat(leaf.authorityKeyIdentifier().flatMap(AuthorityKeyIdentifier::keyId))
                .isEqualTo(root.certificate().subjectKeyIdentifier());
        assertThat(leaf.subject().toString()).isEqualTo("O = system:nodes, CN = kube-apiserver");
        assertThat(leaf.subjectAltNames())
                .hasToString("[DNS:kubernetes.default.svc, IP Address:10.96.0.1, IP Address:fd00::1]");
        assertThat(leaf.isSignedBy(root.certificate().publicKey(), PROVIDER)).isTrue();
        assertThat(leaf.serial().bitLength()).isBetween(90, 128);
    }

    @Test
    void leavesKeyEnciphermentOutForKeysThatCannotEncrypt() {
        CertificateAuthority root = root(KeyAlgorithm.ECDSA_P256, BasicConstraints.AUTHORITY, YEAR);
        Certificate leaf = root.issue(root.prepare(CertificateProfile.client(YEAR), server(KeyAlgorithm.ED25519), now));
        assertThat(leaf.keyUsage()).contains(Set.of(KeyUsage.DIGITAL_SIGNATURE));
    }

    @Test
    void capsTheEndAtTheCas() {
        CertificateAuthority root = root(KeyAlgorithm.ECDSA_P256, BasicConstraints.AUTHORITY, Duration.ofDays(10));
        Prepared prepared = root.prepare(CertificateProfile.client(YEAR), server(KeyAlgorithm.ECDSA_P256), now);
        assertThat(prepared.capped()).isTrue();
        assertThat(root.issue(prepared).validity().notAfter())
                .isEqualTo(root.certificate().validity().notAfter());
    }

    @Test
    void redeemsAPreparedCertificateOnceAndByItsOwnCaOnly() {
        CertificateAuthority root = root(KeyAlgorithm.ECDSA_P256, BasicConstraints.AUTHORITY, YEAR);
        CertificateAuthority other = root(KeyAlgorithm.ECDSA_P256, BasicConstraints.AUTHORITY, YEAR);
        Prepared prepared = root.prepare(CertificateProfile.client(YEAR), server(KeyAlgorithm.ECDSA_P256), now);
        assertThatThrownBy(() -> other.issue(prepared)).hasMessage("prepared by another CA");
        root.issue(prepared);
        assertThatThrownBy(() -> root.issue(prepared)).hasMessage("already issued once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b", "-a", "a b", "*", "*.com", "a.*.b", "ünicode", "10.0.0.256.x_y!", ""})
    void refusesANameThatIsNoDnsName(String name) {
        CertificateAuthority root = root(KeyAlgorithm.ECDSA_P256, BasicConstraints.AUTHORITY, YEAR);
        IssuanceRequest request = new IssuanceRequest(
                DistinguishedName.ofCommonName("x"),
                List.of(new SubjectAltName.Dns(name)),
                PROVIDER.generate(KeyAlgorithm.ECDSA_P256).publicKey());
        assertThatThrownBy(() -> root.prepare(CertificateProfile.server(YEAR), request, now))
                .hasMessageContaining(name);
    }

    @Test
    void refusesAWeakKeyTheCasOwnKeyAndAnExpiredCa() throws Exception {
        CertificateAuthority root = root(KeyAlgorithm.RSA_2048, BasicConstraints.AUTHORITY, YEAR);
        openssl("genrsa -out " + dir.resolve("weak.key") + " 1024");
        SigningKey weak = KeyPem.readPrivateKey(Files.readAllBytes(dir.resolve("weak.key")));
        CertificateProfile client = CertificateProfile.client(YEAR);
        DistinguishedName name = DistinguishedName.ofCommonName("x");
        assertThatThrownBy(() -> root.prepare(client, new IssuanceRequest(name, List.of(), weak.publicKey()), now))
                .hasMessageContaining("RSA-1024");
        assertThatThrownBy(() -> root.prepare(
                        client,
                        new IssuanceRequest(name, List.of(), root.certificate().publicKey()),
                        now))
                .hasMessageContaining("the CA's own key");
        assertThatThrownBy(() -> root.prepare(client, server(KeyAlgorithm.ECDSA_P256), now.plus(YEAR.multipliedBy(2))))
                .isInstanceOf(IssuanceRefused.class)
                .hasMessageContaining("is valid from");
    }

    @Test
    void refusesACaBelowAPathLengthOfZero() {
        CertificateAuthority root = root(KeyAlgorithm.ECDSA_P256, new BasicConstraints(true, OptionalInt.of(0)), YEAR);
        CertificateProfile authority = CertificateProfile.authority(BasicConstraints.AUTHORITY, YEAR);
        assertThatThrownBy(() -> root.prepare(authority, server(KeyAlgorithm.ECDSA_P256), now))
                .hasMessageContaining("path length 0");
    }

    @Test
    void refusesAKeyThatIsNotTheCas() {
        Certificate certificate =
                root(KeyAlgorithm.ECDSA_P256, BasicConstraints.AUTHORITY, YEAR).certificate();
        SigningKey other = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
        assertThatThrownBy(() -> new CertificateAuthority(certificate, other, PROVIDER, RANDOM))
                .hasMessageContaining("does not belong");
    }

    private CertificateAuthority root(KeyAlgorithm algorithm, BasicConstraints constraints, Duration lifetime) {
        return CertificateAuthority.root(
                CertificateProfile.authority(constraints, lifetime),
                DistinguishedName.ofCommonName("root"),
                PROVIDER.generate(algorithm),
                now,
                PROVIDER,
                RANDOM);
    }

    private static IssuanceRequest server(KeyAlgorithm algorithm) {
        return new IssuanceRequest(
                DistinguishedName.of("kube-apiserver", List.of("system:nodes")),
                List.of(
                        SubjectAltName.of("kubernetes.default.svc"),
                        SubjectAltName.of("10.96.0.1"),
                        SubjectAltName.of("fd00:0:0::1")),
                PROVIDER.generate(algorithm).publicKey());
    }

    private static String openssl(String arguments) throws Exception {
        Process process = new ProcessBuilder(List.of(("openssl " + arguments).split(" ", -1)))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
