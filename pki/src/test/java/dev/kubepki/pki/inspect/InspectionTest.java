package dev.kubepki.pki.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Sequence;
import dev.kubepki.pki.document.YamlWriter;
import dev.kubepki.pki.x509.Openssl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectionTest {
    private static final char[] PASSWORD = "trustno1".toCharArray();

    @TempDir
    Path folder;

    private Openssl openssl = new Openssl(Path.of("."));

    @BeforeEach
    void makeKeyAndCertificate() throws Exception {
        openssl = new Openssl(folder);
        openssl("genpkey -algorithm ec -pkeyopt ec_paramgen_curve:P-256 -out k.pem");
        openssl(
                "req -x509 -new -key k.pem -subj /O=dev/CN=anna -addext extendedKeyUsage=clientAuth -days 90 -out c.pem");
        openssl("req -new -key k.pem -subj /O=dev/CN=anna -out r.pem");
    }

    @ParameterizedTest
    @CsvSource({
        "x509 -in c.pem -outform der, Certificate",
        "x509 -in c.pem -text, Certificate",
        "req -in r.pem -outform der, CertificateRequest",
        "req -in r.pem -newhdr, CertificateRequest",
        "pkey -in k.pem, PrivateKey",
        "pkey -in k.pem -outform der, PrivateKey",
        "ec -in k.pem, PrivateKey",
        "pkcs8 -topk8 -nocrypt -in k.pem -outform der, PrivateKey",
        "pkcs8 -topk8 -in k.pem -passout pass:trustno1, PrivateKey",
        "pkcs8 -topk8 -in k.pem -passout pass:trustno1 -outform der, PrivateKey",
        "ec -in k.pem -aes256 -passout pass:trustno1, PrivateKey",
        "pkey -in k.pem -pubout, PublicKey",
        "pkey -in k.pem -pubout -outform der, PublicKey",
        "pkcs12 -export -inkey k.pem -in c.pem -passout pass:trustno1, Keystore",
        "pkcs12 -export -legacy -inkey k.pem -in c.pem -passout pass:trustno1, Keystore"
    })
    void recognisesWhatOpensslWrites(String command, String kind) throws Exception {
        openssl(command + " -out out");
        byte[] file = openssl.read("out");
        assertThat(facts(file).kind()).isEqualTo(kind);
        assertThat(facts(Base64.getMimeEncoder().encode(file)).kind()).isEqualTo(kind);
        assertThat(facts(Base64.getEncoder().encode(file)).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "pkcs8 -topk8 -in k.pem -passout pass:trustno1",
        "ec -in k.pem -aes256 -passout pass:trustno1",
    })
    void opensAnEncryptedKeyWithItsPasswordAndSaysSoWithout(String command) throws Exception {
        openssl(command + " -out out");
        Facts closed = facts(openssl.read("out"));
        assertThat(closed.node().get("keyType")).isEmpty();
        assertThat(closed.title()).isEqualTo("encrypted private key");
        Inspection open = Inspection.of("out", openssl.read("out"), PASSWORD);
        assertThat(open.facts(Instant.EPOCH).getFirst().node().string("keyType"))
                .contains("ECDSA-P256");
        assertThat(Inspection.of("out", openssl.read("out"), "wrong".toCharArray())
                        .isDamaged())
                .isTrue();
    }

    @Test
    void showsAKeystoresEntriesWithItsPassword() throws Exception {
        openssl("pkcs12 -export -inkey k.pem -in c.pem -name anna -passout pass:trustno1 -out s.p12");
        Inspection open = Inspection.of("s.p12", openssl.read("s.p12"), PASSWORD);
        assertThat(open.certificates()).hasSize(1);
        assertThat(open.facts(Instant.EPOCH).getFirst().node().toString()).isNotEmpty();
        assertThatThrownBy(() -> Inspection.of("s.p12", openssl.read("s.p12"), "wrong".toCharArray()))
                .isInstanceOf(InspectFailure.class)
                .hasMessage("s.p12: the PKCS#12 password is wrong");
    }

    @Test
    void readsTheCertificatesOfAJavaKeystoreWithoutAPassword() throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-importcert",
                        "-noprompt",
                        "-storetype",
                        "JKS",
                        "-keystore",
                        "t.jks",
                        "-storepass",
                        "changeit",
                        "-alias",
                        "anna",
                        "-file",
                        "c.pem")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        Inspection store = Inspection.of("t.jks", openssl.read("t.jks"));
        assertThat(store.certificates())
                .isEqualTo(Inspection.of("c.pem", openssl.read("c.pem")).certificates());
    }

    @Test
    void pinsAKeyAsKubeadmDoes() throws Exception {
        openssl("pkey -in k.pem -pubout -outform der -out pub.der");
        String digest = openssl.run("dgst", "-sha256", "-r", "pub.der").substring(0, 64);
        for (String file : List.of("k.pem", "c.pem", "r.pem", "pub.der")) {
            Inspection inspection = Inspection.of(file, openssl.read(file));
            assertThat(inspection.publicKeys()).extracting(Inspection::pin).containsExactly("sha256:" + digest);
        }
    }

    @Test
    void saysWhetherKeyAndCertificateOfAFileMatch() throws Exception {
        assertThat(notes("k.pem", "c.pem")).containsExactly("the private key and the certificate match");
        openssl("genpkey -algorithm ed25519 -out other.pem");
        assertThat(notes("other.pem", "c.pem"))
                .singleElement()
                .asString()
                .startsWith("the private key belongs to no certificate here");
    }

    @Test
    void saysWhetherCertificatesFormAChain() throws Exception {
        openssl("req -x509 -new -key k.pem -subj /CN=root -out root.pem");
        openssl("x509 -req -in r.pem -CA root.pem -CAkey k.pem -out leaf.pem");
        assertThat(notes("leaf.pem", "root.pem")).contains("the certificates form a chain, each issued by the next");
        assertThat(notes("root.pem", "leaf.pem")).contains("the certificates are a bundle: they do not form one chain");
    }

    @Test
    void readsOverByteOrderMarksWindowsLineEndsAndTextAround() throws Exception {
        String pem = "Certificate:\n  Data: ...\n" + new String(openssl.read("c.pem"), StandardCharsets.US_ASCII);
        byte[] odd = ("\uFEFF" + pem.replace("\n", "\r\n")).getBytes(StandardCharsets.UTF_8);
        Inspection inspection = Inspection.of("c.crt", odd);
        assertThat(inspection.certificates()).hasSize(1);
        assertThat(inspection.remarks()).hasSize(3);
    }

    @Test
    void findsWhatASecretHolds() throws Exception {
        Mapping secret = object(
                "Secret",
                "data",
                Mapping.of("tls.crt", base64(openssl.read("c.pem")))
                        .with("tls.key", base64(openssl.read("k.pem")))
                        .with("password", base64("hunter2".getBytes(StandardCharsets.UTF_8))));
        String yaml = YamlWriter.sorted().write(secret);
        Facts facts = facts(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(facts.kind()).isEqualTo("Secret");
        assertThat(inner(facts, "contents")).extracting(Facts::kind).containsExactly("Certificate", "PrivateKey");
        assertThat(facts.notes()).extracting(Facts.Note::text).contains("the private key and the certificate match");
        assertThat(YamlWriter.inOrder().write(facts.node()))
                .doesNotContain("hunter2", base64("hunter2".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void findsAKubeconfigInsideAConfigMap() throws Exception {
        String kubeconfig = """
                apiVersion: v1
                kind: Config
                clusters:
                - cluster:
                    certificate-authority-data: %s
                    server: https://10.0.0.1:6443
                  name: ""
                contexts: null
                current-context: missing
                users: []
                """.formatted(base64(openssl.read("c.pem")));
        Mapping map = object("ConfigMap", "data", Mapping.of("kubeconfig", kubeconfig));
        Facts facts = facts(YamlWriter.sorted().write(map).getBytes(StandardCharsets.UTF_8));
        Facts config = inner(facts, "contents").getFirst();
        assertThat(config.kind()).isEqualTo("Kubeconfig");
        assertThat(inner(config, "contents")).extracting(Facts::kind).containsExactly("Certificate");
        assertThat(config.notes())
                .extracting(Facts.Note::text)
                .contains("its current context 'missing' is not among its contexts");
    }

    @Test
    void decodesATokenWithoutItsSignature() {
        String token = jwt("{\"alg\":\"RS256\",\"kid\":\"abc\"}")
                + "."
                + jwt("{\"sub\":\"system:serviceaccount:default:web\",\"exp\":1700000000,\"aud\":[\"a\",\"b\"]}")
                + ".c2lnbmF0dXJlLXNlY3JldA";
        Facts facts = facts(token.getBytes(StandardCharsets.US_ASCII));
        assertThat(facts.node().string("subject")).contains("system:serviceaccount:default:web");
        assertThat(facts.node().string("expiresAt")).contains("2023-11-14T22:13:20Z");
        assertThat(facts.node().sequence("audiences")).contains(Sequence.ofStrings(List.of("a", "b")));
        assertThat(YamlWriter.inOrder().write(facts.node())).doesNotContain("c2lnbmF0dXJlLXNlY3JldA");
    }

    @Test
    void listsTheFilesOfAStaticPod() {
        String pod = """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: kube-apiserver
                spec:
                  containers:
                  - command:
                    - kube-apiserver
                    - --advertise-address=10.0.0.1
                    - --tls-cert-file=/etc/kubernetes/pki/apiserver.crt
                    - --tls-private-key-file=/etc/kubernetes/pki/apiserver.key
                    - --client-ca-file=/etc/kubernetes/pki/ca.crt
                """;
        Facts facts = facts(pod.getBytes(StandardCharsets.UTF_8));
        assertThat(inner(facts, "files"))
                .extracting(Facts::title)
                .containsExactly(
                        "--tls-cert-file=/etc/kubernetes/pki/apiserver.crt",
                        "--tls-private-key-file=/etc/kubernetes/pki/apiserver.key",
                        "--client-ca-file=/etc/kubernetes/pki/ca.crt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                 | f: is empty",
                "'   '              | f: holds nothing but blanks",
                "hello              | f: is text of an unknown kind",
                "<html>             | f: looks like HTML or XML",
                "ssh-ed25519 AAAA   | f: looks like an SSH public key",
                "-----BEGIN CERTIFICATE----- | f: line 1: the PEM block 'CERTIFICATE' has no END line; the file is cut off",
            })
    void saysWhatAForeignFileLooksLike(String content, String message) {
        assertThatThrownBy(() -> Inspection.of("f", content.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InspectFailure.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void namesTheMissingPartOfCutDer() throws Exception {
        openssl("x509 -in c.pem -outform der -out c.der");
        byte[] whole = openssl.read("c.der");
        assertThatThrownBy(() -> Inspection.of("c.der", Arrays.copyOf(whole, 100)))
                .hasMessage("c.der: is cut off: its DER says " + whole.length + " bytes, the file has 100");
    }

    @Test
    void neverFailsInAnotherWayHoweverAFileIsDamaged() throws Exception {
        openssl("pkcs12 -export -inkey k.pem -in c.pem -passout pass:trustno1 -out s.p12");
        openssl("x509 -in c.pem -outform der -out c.der");
        openssl("req -in r.pem -outform der -out r.der");
        long seed = 20_260_301L;
        Random random = new Random(seed);
        int recognised = 0;
        for (String file : List.of("c.der", "r.der", "k.pem", "c.pem", "s.p12")) {
            byte[] whole = openssl.read(file);
            for (int i = 0; i < 400; i++) {
                byte[] damaged = whole.clone();
                for (int flips = random.nextInt(4); flips >= 0; flips--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                try {
                    Inspection inspection = Inspection.of(file, damaged);
                    inspection.facts(Instant.EPOCH);
                    inspection.notes();
                    recognised++;
                } catch (InspectFailure expected) {
                    assertThat(expected).as("seed %d", seed).hasMessageStartingWith(file);
                }
            }
        }
        assertThat(recognised).isGreaterThan(100);
    }

    private static Facts facts(byte[] file) {
        List<Facts> all = Inspection.of("file", file).facts(Instant.parse("2026-03-01T12:00:00Z"));
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private List<String> notes(String... files) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String file : files) {
            all.write(openssl.read(file));
        }
        return Inspection.of("all.pem", all.toByteArray()).notes();
    }

    private static List<Facts> inner(Facts facts, String key) {
        return facts.facts().stream()
                .filter(fact -> fact.key().equals(key))
                .map(Facts.Fact::value)
                .filter(Facts.Inner.class::isInstance)
                .flatMap(value -> ((Facts.Inner) value).things().stream())
                .toList();
    }

    private static Mapping object(String kind, String field, Node value) {
        return Mapping.of("apiVersion", "v1")
                .with("kind", kind)
                .with("metadata", Mapping.of("name", "some"))
                .with(field, value);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String jwt(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private void openssl(String command) throws Exception {
        openssl.run(command.split(" ", -1));
    }
}
