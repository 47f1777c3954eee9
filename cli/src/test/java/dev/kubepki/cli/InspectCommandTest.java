package dev.kubepki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.cli.frame.Session;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateDraft;
import dev.kubepki.pki.x509.CertificateExtensions;
import dev.kubepki.pki.x509.CertificateRequest;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.Extension;
import dev.kubepki.pki.x509.OpensslText;
import dev.kubepki.pki.x509.SubjectAltName;
import dev.kubepki.pki.x509.Validity;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectCommandTest {
    /// The session's clock.
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final CryptoProvider PROVIDER = CryptoProvider.jdk();

    @TempDir
    Path dir;

    private final SigningKey key = PROVIDER.generate(KeyAlgorithm.ECDSA_P256);
    private final Session session = new Session(Commands.table());

    @Test
    void saysWhomACertificateWouldLogInAs() throws IOException {
        Certificate certificate = client(DistinguishedName.of("anna", List.of("dev", "ops")));
        assertThat(inspect(certificate.pem().encode())).isZero();
        assertThat(session.out())
                .contains("Kubernetes user:   anna\n")
                .contains("Kubernetes groups: dev, ops, system:authenticated\n")
                .contains("Credential ID:     X509SHA256=" + certificate.fingerprint())
                .contains("Valid until:       2026-04-10 12:00:00 UTC (in 40 days)\n")
                .doesNotContain("Warning");
    }

    @Test
    void saysThatAServersCertificateCannotLogIn() throws IOException {
        Extension server = CertificateExtensions.extendedKeyUsages(List.of(ExtendedKeyUsage.SERVER_AUTH));
        Certificate certificate = sign(DistinguishedName.ofCommonName("web"), Duration.ofDays(-1), server);
        assertThat(inspect(certificate.pem().encode())).isZero();
        assertThat(session.out())
                .contains("cannot log in to Kubernetes: its extended key usages lack clientAuth")
                .contains("Warning: it is for a server and has no subject alternative name")
                .contains("Warning: it expired 24 hours ago")
                .doesNotContain("Kubernetes user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"system:masters", "SYSTEM:NODES", "system:monitoring"})
    void warnsOfDangerousGroups(String group) throws IOException {
        assertThat(inspect(client(DistinguishedName.of("eve", List.of(group)))
                        .pem()
                        .encode()))
                .isZero();
        assertThat(session.out()).containsPattern("Warning: group '?" + group);
    }

    @Test
    void warnsOfANodeInTheWrongCase() throws IOException {
        assertThat(inspect(client(DistinguishedName.ofCommonName("SYSTEM:NODE:NODE01"))
                        .pem()
                        .encode()))
                .isZero();
        assertThat(session.out()).contains("it must be 'system:node:node01'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "yaml"})
    void letsNoNameSpeakToTheTerminal(String form) throws IOException {
        String attack = "a\u001b]0;owned\u0007\u009b31m\u202egpj\nuser: root";
        Certificate certificate = client(DistinguishedName.of(attack, List.of(attack)));
        assertThat(inspect(certificate.pem().encode(), "-o", form)).isZero();
        assertThat(session.out()).contains("owned");
        assertThat(session.out().chars()).allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f) || c > 0x2100);
        assertThat(session.out().lines()).noneMatch(line -> line.startsWith("user: root"));
    }

    @Test
    void showsNothingOfAPrivateKey() throws IOException {
        String pem = KeyPem.encode(key).encode();
        String secret = pem.lines().skip(1).findFirst().orElseThrow();
        for (String option : List.of("--output=table", "--output=json", "--public-key", "--pin")) {
            assertThat(inspect(pem, option)).isZero();
        }
        assertThat(session.out()).contains("ECDSA-P256", "sha256:").doesNotContain(secret, "PRIVATE");
    }

    @Test
    void printsTextAsOpensslDoes() throws IOException {
        Certificate certificate = client(DistinguishedName.ofCommonName("anna"));
        assertThat(inspect(certificate.pem().encode(), "--text")).isZero();
        assertThat(session.out()).isEqualTo(OpensslText.of(certificate));
    }

    @Test
    void describesASigningRequestAsKubectlDoesAndMore() throws IOException {
        CertificateRequest request = CertificateRequest.sign(
                DistinguishedName.of("angela", List.of("system:masters")),
                List.of(CertificateExtensions.subjectAltNames(
                        List.of(SubjectAltName.of("a.example"), SubjectAltName.of("10.0.34.2")), false)),
                key,
                PROVIDER);
        assertThat(inspect(signingRequest(request, ""))).isZero();
        assertThat(session.out())
                .containsPattern("Name: +myuser\n")
                .containsPattern("Labels: +<none>\n")
                .containsPattern("Requesting User: +admin\n")
                .containsPattern("Requested Duration: +300s\n")
                .containsPattern("Status: +Pending\n")
                .containsPattern("Common Name: +angela\n")
                .containsPattern("DNS Names: +a.example\n")
                .containsPattern("IP Addresses: +10.0.34.2\n")
                .contains("SHA256withECDSA, verifies")
                .contains("Warning: group system:masters may do everything")
                .contains("Warning: the request is for 'angela' though the object is called 'myuser'")
                .contains("Warning: spec.expirationSeconds is '300'")
                .contains("needs the usage 'client auth'")
                .contains("refuses the usage 'server auth'");
    }

    @Test
    void extractsTheCertificateOfASigningRequest() throws IOException {
        CertificateRequest request =
                CertificateRequest.sign(DistinguishedName.ofCommonName("myuser"), List.of(), key, PROVIDER);
        Certificate certificate = client(request.subject());
        String issued = "status:\n  certificate: " + base64(certificate.pem().encoded()) + "\n";
        assertThat(inspect(signingRequest(request, issued), "--certificate")).isZero();
        assertThat(session.out()).isEqualTo(certificate.pem().encode());
        assertThat(inspect(signingRequest(request, ""), "-o", "pem")).isEqualTo(1);
        assertThat(session.err()).contains("the request has no certificate yet");
    }

    @Test
    void tellsTheStateOfTheFilesThatAManifestNames() throws IOException {
        Path file = dir.resolve("server.crt");
        Files.write(file, client(DistinguishedName.ofCommonName("web")).pem().encoded());
        String pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - command: [x, --tls-cert-file=" + file
                + ", --client-ca-file=" + dir + "/none.crt]\n";
        assertThat(inspect(pod)).isZero();
        assertThat(session.out())
                .contains("--tls-cert-file=" + file + " (CN = web, 40 days left)")
                .contains("--client-ca-file=" + dir + "/none.crt (missing here)");
    }

    @Test
    void readsStandardInput() {
        Certificate certificate = client(DistinguishedName.ofCommonName("anna"));
        session.typing(certificate.pem().encode());
        assertThat(session.run("inspect", "-")).isZero();
        assertThat(session.out()).startsWith("standard input: certificate\n");
    }

    @Test
    void showsTheReadableFilesAndNamesTheOthers() throws IOException {
        Path good = Files.write(
                dir.resolve("good.crt"),
                client(DistinguishedName.ofCommonName("anna")).pem().encoded());
        Path bad = Files.writeString(dir.resolve("bad.crt"), "no certificate");
        assertThat(session.run("inspect", bad.toString(), good.toString())).isEqualTo(1);
        assertThat(session.out()).contains("CN = anna");
        assertThat(session.err()).startsWith("error: " + bad + ": is text of an unknown kind");
    }

    @Test
    void refusesTwoFormsAtOnce() {
        assertThat(session.run("inspect", "x", "--text", "--pin")).isEqualTo(2);
        assertThat(session.run("inspect")).isEqualTo(2);
    }

    private int inspect(String content, String... options) throws IOException {
        Path file = Files.writeString(dir.resolve("file"), content);
        String[] line = new String[options.length + 2];
        line[0] = "inspect";
        line[1] = file.toString();
        System.arraycopy(options, 0, line, 2, options.length);
        return session.run(line);
    }

    private static String signingRequest(CertificateRequest request, String status) {
        return """
                apiVersion: certificates.k8s.io/v1
                kind: CertificateSigningRequest
                metadata:
                  name: myuser
                spec:
                  request: %s
                  signerName: kubernetes.io/kube-apiserver-client
                  expirationSeconds: 300
                  username: admin
                  usages:
                  - server auth
                %s""".formatted(base64(request.pem().encoded()), status);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private Certificate client(DistinguishedName subject) {
        Extension client = CertificateExtensions.extendedKeyUsages(List.of(ExtendedKeyUsage.CLIENT_AUTH));
        return sign(subject, Duration.ofDays(40), client);
    }

    private Certificate sign(DistinguishedName subject, Duration left, Extension usage) {
        return new CertificateDraft(
                        subject,
                        DistinguishedName.ofCommonName("kubernetes"),
                        BigInteger.TWO,
                        new Validity(NOW.minus(Duration.ofDays(50)), NOW.plus(left)),
                        key.publicKey().getEncoded(),
                        List.of(usage))
                .sign(key, PROVIDER);
    }
}
