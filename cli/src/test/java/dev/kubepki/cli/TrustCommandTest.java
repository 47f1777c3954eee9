package dev.kubepki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.cli.frame.Session;
import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.issue.IssuanceRequest;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.x509.BasicConstraints;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustCommandTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final CryptoProvider PROVIDER = CryptoProvider.fastest();

    @TempDir
    Path dir;

    private final CertificateAuthority ca = authority("kubernetes-ca");
    private final CertificateAuthority etcd = authority("etcd-ca");
    private final Session session = new Session(Commands.table());

    @BeforeEach
    void writeSet() throws IOException {
        Files.createDirectories(dir.resolve("pki/etcd"));
        Files.write(dir.resolve("pki/ca.crt"), ca.certificate().pem().encoded());
        Files.write(dir.resolve("pki/etcd/ca.crt"), etcd.certificate().pem().encoded());
    }

    @Test
    void bundlesTheClustersCaToStandardOutput() {
        assertThat(session.run("trust", "bundle", "--dir", dir.toString())).isZero();
        assertThat(session.out()).isEqualTo(ca.certificate().pem().encode());
        assertThat(session.err()).isEmpty();
    }

    @Test
    void bundlesTheRootWhereThereIsOne() throws IOException {
        Certificate root = authority("kubernetes-root-ca").certificate();
        Files.write(dir.resolve("pki/root.crt"), root.pem().encoded());
        assertThat(session.run("trust", "bundle", "--dir", dir.toString())).isZero();
        assertThat(session.out()).isEqualTo(root.pem().encode());
    }

    @Test
    void bundlesNamedCasIntoAFile() throws IOException {
        Path file = dir.resolve("bundle.pem");
        assertThat(session.run(
                        "trust", "bundle", "--dir", dir.toString(), "--ca", "ca", "--ca", "etcd-ca", "-o", file + ""))
                .isZero();
        assertThat(Certificate.readAll(Files.readAllBytes(file))).containsExactly(ca.certificate(), etcd.certificate());
        assertThat(session.out()).isEmpty();
    }

    @Test
    void refusesACertificateThatIsNoCa() throws IOException {
        IssuanceRequest request = new IssuanceRequest(
                DistinguishedName.ofCommonName("admin"),
                List.of(),
                PROVIDER.generate(KeyAlgorithm.ECDSA_P256).publicKey());
        Certificate leaf = ca.issue(ca.prepare(CertificateProfile.client(Duration.ofDays(9)), request, NOW));
        Path file = Files.write(dir.resolve("admin.crt"), leaf.pem().encoded());
        assertThat(session.run("trust", "bundle", file.toString())).isEqualTo(1);
        assertThat(session.err()).contains(file + ": 'CN = admin' is not a CA");
        assertThat(session.out()).isEmpty();
    }

    @Test
    void namesTheMissingFile() {
        assertThat(session.run(
                        "trust", "bundle", "--dir", dir.resolve("nowhere").toString()))
                .isEqualTo(1);
        assertThat(session.err()).contains(dir.resolve("nowhere/pki/ca.crt") + ": it does not exist");
    }

    @Test
    void refusesHalfAPem() throws IOException {
        String pem = ca.certificate().pem().encode();
        Path file = Files.writeString(dir.resolve("half.crt"), pem.substring(0, pem.length() / 2));
        assertThat(session.run("trust", "bundle", file.toString())).isEqualTo(1);
        assertThat(session.err()).contains(file + ": line 1: the PEM block 'CERTIFICATE' has no END line");
    }

    @Test
    void refusesFilesAndAFolderAtOnce() {
        assertThat(session.run("trust", "bundle", "x.crt", "--dir", dir.toString()))
                .isEqualTo(2);
        assertThat(session.err()).contains("name files or give --dir, not both");
    }

    @Test
    void printsAConfigMapThatHoldsTheBundle() {
        assertThat(session.run("trust", "manifest", "--dir", dir.toString(), "--namespace", "shop"))
                .isZero();
        assertThat(session.out())
                .startsWith("apiVersion: v1\ndata:\n  ca.crt: |\n    -----BEGIN CERTIFICATE-----\n")
                .endsWith("kind: ConfigMap\nmetadata:\n  name: cluster-ca-bundle\n  namespace: shop\n");
    }

    @Test
    void printsASecretAsJson() {
        assertThat(session.run("trust", "manifest", "--dir", dir.toString(), "--kind", "secret", "-o", "json"))
                .isZero();
        assertThat(session.out()).startsWith("{\n    \"apiVersion\": \"v1\",\n").contains("\"type\": \"Opaque\"");
    }

    @Test
    void printsAClusterTrustBundleOfASigner() {
        assertThat(session.run(
                        "trust",
                        "manifest",
                        "--dir",
                        dir.toString(),
                        "--kind",
                        "clustertrustbundle",
                        "--signer-name",
                        "example.com/ca",
                        "--name",
                        "v2"))
                .isZero();
        assertThat(session.out()).contains("  name: example.com:ca:v2\n").contains("  signerName: example.com/ca\n");
    }

    @Test
    void refusesOptionsThatAKindDoesNotHave() {
        assertThat(session.run("trust", "manifest", "--dir", dir.toString(), "--signer-name", "example.com/ca"))
                .isEqualTo(2);
        assertThat(session.err()).contains("a configmap has no --signer-name");
    }

    @Test
    void warnsOfTheNameThatTheControllerManagerOwns() {
        assertThat(session.run("trust", "manifest", "--dir", dir.toString(), "--name", "kube-root-ca.crt"))
                .isZero();
        assertThat(session.err()).contains("warning: the controller manager keeps kube-root-ca.crt itself");
    }

    @Test
    void installsIntoAnImageOnceAndTakesItOutAgain() throws IOException {
        Path image = image();
        Path bundle = image.resolve("etc/ssl/certs/ca-certificates.crt");
        String before = Files.readString(bundle);
        String[] install = {"trust", "install", "--dir", dir.toString(), "--root", image.toString()};
        assertThat(session.run(install)).isZero();
        assertThat(Certificate.readAll(Files.readAllBytes(bundle))).contains(ca.certificate());
        assertThat(session.out()).contains("write /etc/ssl/certs/ca-certificates.crt");
        assertThat(session.run(install)).isZero();
        assertThat(session.out()).endsWith("nothing to do\n");
        assertThat(session.run("trust", "remove", "--dir", dir.toString(), "--root", image.toString()))
                .isZero();
        assertThat(Files.readString(bundle)).isEqualTo(before);
        assertThat(session.run("trust", "remove", "--all", "--root", image.toString()))
                .isZero();
        assertThat(session.out()).endsWith("nothing to remove\n");
    }

    @Test
    void aDryRunSaysWhatItWouldDoAndDoesNothing() throws IOException {
        Path image = image();
        String before = Files.readString(image.resolve("etc/ssl/certs/ca-certificates.crt"));
        assertThat(session.run(
                        "trust",
                        "install",
                        "--dir",
                        dir.toString(),
                        "--root",
                        image.toString(),
                        "--name",
                        "x",
                        "--dry-run"))
                .isZero();
        assertThat(session.out())
                .contains("would write /usr/local/share/ca-certificates/kubepki-x-"
                        + ca.certificate().fingerprint().substring(0, 8) + ".crt\n");
        assertThat(Files.readString(image.resolve("etc/ssl/certs/ca-certificates.crt")))
                .isEqualTo(before);
        assertThat(image.resolve("usr")).doesNotExist();
    }

    @Test
    void installsIntoAJavaTruststoreWithAPasswordFromTheEnvironment() throws IOException {
        Path store = dir.resolve("trust.p12");
        session.with("STORE_PASSWORD", "battery staple");
        String[] install = {
            "trust", "install", "--dir", dir.toString(), "--store", "java=" + store, "--password-env", "STORE_PASSWORD"
        };
        assertThat(session.run(install)).isZero();
        assertThat(session.run(install)).isZero();
        assertThat(session.out()).startsWith("add 'kubepki-kubernetes-ca-").endsWith("nothing to do\n");
        assertThat(session.run("trust", "remove", "--all", "--store", "java=" + store))
                .isEqualTo(1);
        assertThat(session.err()).contains(store + ": the password is wrong").doesNotContain("battery");
    }

    @Test
    void saysThatTheUsualPasswordIsUsed() {
        Path store = dir.resolve("trust.jks");
        assertThat(session.run("trust", "install", "--dir", dir.toString(), "--store", "java=" + store))
                .isZero();
        assertThat(session.err()).contains("its password is the usual 'changeit'");
    }

    @Test
    void refusesStoresAndFingerprintsThatItDoesNotKnow() {
        assertThat(session.run("trust", "install", "--dir", dir.toString(), "--store", "windows"))
                .isEqualTo(2);
        assertThat(session.err()).contains("--store 'windows' is none of debian");
        assertThat(session.run("trust", "remove", "--fingerprint", "abc")).isEqualTo(2);
        assertThat(session.err()).contains("--fingerprint 'abc' is not a SHA-256");
    }

    private Path image() throws IOException {
        Path image = dir.resolve("image");
        Files.createDirectories(image.resolve("etc/ssl/certs"));
        Files.writeString(image.resolve("etc/os-release"), "ID=alpine\n");
        Files.write(
                image.resolve("etc/ssl/certs/ca-certificates.crt"),
                authority("public").certificate().pem().encoded());
        return image;
    }

    static CertificateAuthority authority(String name) {
        return CertificateAuthority.root(
                CertificateProfile.authority(BasicConstraints.AUTHORITY, Duration.ofDays(3650)),
                DistinguishedName.ofCommonName(name),
                PROVIDER.generate(KeyAlgorithm.ECDSA_P256),
                NOW,
                PROVIDER,
                new SecureRandom());
    }
}
