package dev.kubepki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.cli.Commands;
import dev.kubepki.cli.frame.Session;
import dev.kubepki.cli.frame.Terminals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExchangeTest {

    @TempDir
    Path folder;

    private Session last = new Session(Commands.table());

    private int run(String... args) {
        last = new Session(Commands.table()).in(folder);
        return last.run(args);
    }

    private void done(String... args) {
        assertThat(run(args))
                .as("%s%n%s%s", List.of(args), last.out(), last.err())
                .isZero();
    }

    private String openssl(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s%n%s", command, out).isZero();
        return out;
    }

    private Map<String, String> contents(String directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve(directory))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.toString().contains(".kubepki")) {
                    contents.put(
                            folder.resolve(directory).relativize(file).toString(),
                            Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return contents;
    }

    @BeforeEach
    void makeTheCasOwnMachine() {
        done("init", "--dir", "ca", "--key-algorithm", "P-256");
    }

    private void requestSet() throws IOException {
        done("init", "--dir", "like", "--key-algorithm", "P-256");
        Files.copy(folder.resolve("like/kubepki.yaml"), folder.resolve("cluster.yaml"));
        done("request", "--dir", "D", "-f", "cluster.yaml", "--external", "--archive", "requests.zip");
    }

    private void signSet() {
        done("sign", "--archive", "requests.zip", "--dir", "ca", "--allow-privileged", "--yes", "-o", "answers.zip");
    }

    @Test
    void aWholeSetGoesOutAndComesBackWithoutTheCasKeys() throws Exception {
        requestSet();
        assertThat(last.err()).contains("digest to compare: ");
        signSet();
        assertThat(Files.readAllLines(folder.resolve("ca/certificate-ledger.jsonl")))
                .filteredOn(line -> line.contains("\"sign\""))
                .hasSize(13);

        done("request", "--dir", "D", "--accept", "answers.zip");

        done("verify", "--dir", "D");
        assertThat(last.out()).contains("0 errors, 0 warnings");
        Map<String, String> set = contents("D");
        assertThat(set.keySet()).noneMatch(f -> f.endsWith("ca.key") || f.endsWith(".conf.key") || f.endsWith(".csr"));
        assertThat(set).doesNotContainKey("kubepki-request.json").containsKeys("admin.conf", "pki/sa.key");
        for (String ca : List.of("ca", "etcd/ca", "front-proxy-ca")) {
            String key = Files.readString(folder.resolve("ca/pki/" + ca + ".key"));
            assertThat(set.values()).noneMatch(content -> content.contains(key));
        }
        openssl("verify", "-x509_strict", "-attime", "1772400000", "-CAfile", "D/pki/ca.crt", "D/pki/apiserver.crt");
        Map<String, String> before = contents("D");
        done("init", "--dir", "D");
        assertThat(contents("D")).isEqualTo(before);
    }

    @Test
    void aSetOfSeveralNodesUnderOneRootComesBackWhole() throws Exception {
        String described = """
                apiVersion: kubepki.dev/v1alpha1
                kind: ClusterPKI
                keyAlgorithm: ECDSA-P256
                controlPlaneEndpoint: api.example.com:6443
                controlPlaneNodes:
                  - {name: cp-1, addresses: 192.0.2.11}
                  - {name: cp-2, addresses: 192.0.2.12}
                workers:
                  - {name: "worker-[1-2]", addresses: 198.51.100.1}
                authorities:
                  model: single-root
                """;
        Files.writeString(folder.resolve("house.yaml"), described);
        Files.writeString(folder.resolve("site.yaml"), described + "  external: [root, ca, etcd-ca, front-proxy-ca]\n");
        done("init", "-f", "house.yaml", "--dir", "house");
        done("request", "-f", "site.yaml", "--dir", "site", "--archive", "requests.zip");
        done("sign", "--archive", "requests.zip", "--dir", "house", "--allow-privileged", "--yes", "-o", "answers.zip");

        done("request", "--dir", "site", "--accept", "answers.zip");

        done("verify", "--dir", "site");
        assertThat(last.out()).contains("0 errors, 0 warnings");
        assertThat(contents("site"))
                .containsKeys("nodes/cp-2/pki/apiserver.crt", "nodes/worker-2/kubelet.conf")
                .doesNotContainKeys("pki/ca.key", "pki/root.key");
    }

    @Test
    void initSaysWhatIsAwaitedInsteadOfMakingAnotherCa() throws Exception {
        requestSet();
        Map<String, String> before = contents("D");

        assertThat(run("init", "--dir", "D")).isEqualTo(1);

        assertThat(last.err()).contains("described as external");
        assertThat(contents("D")).isEqualTo(before);
    }

    @Test
    void noChangedByteOfAnAnswerIsInstalled() throws Exception {
        requestSet();
        signSet();
        Map<String, String> before = contents("D");
        byte[] answer = Files.readAllBytes(folder.resolve("answers.zip"));
        for (int i = 0; i < answer.length; i += 211) {
            byte[] changed = answer.clone();
            changed[i] ^= 1;
            Files.write(folder.resolve("changed.zip"), changed);
            assertThat(run("request", "--dir", "D", "--accept", "changed.zip"))
                    .as("byte %d", i)
                    .isEqualTo(1);
            assertThat(last.err()).contains("changed.zip");
        }
        assertThat(contents("D")).isEqualTo(before);
    }

    @Test
    void noChangedByteOfARequestArchiveIsSigned() throws Exception {
        requestSet();
        byte[] archive = Files.readAllBytes(folder.resolve("requests.zip"));
        for (int i = 0; i < archive.length; i += 211) {
            byte[] changed = archive.clone();
            changed[i] ^= 1;
            Files.write(folder.resolve("changed.zip"), changed);
            int code = run(
                    "sign", "--archive", "changed.zip", "--dir", "ca", "--allow-privileged", "--yes", "-o", "out.zip");
            assertThat(code).as("byte %d", i).isEqualTo(1);
            assertThat(last.err()).contains("changed.zip");
        }
        assertThat(folder.resolve("out.zip")).doesNotExist();
    }

    @Test
    void refusesAnswersToAnotherRequest() throws Exception {
        requestSet();
        signSet();
        done("request", "--dir", "E", "-f", "cluster.yaml", "--external", "--archive", "other.zip");

        assertThat(run("request", "--dir", "E", "--accept", "answers.zip")).isEqualTo(1);

        assertThat(last.err()).contains("the answer is for the request archive");
        assertThat(folder.resolve("E/pki/ca.crt")).doesNotExist();
    }

    @Test
    void refusesAnAnswerOfAnotherCaThanTheOneThatIsHere() throws Exception {
        done("init", "--dir", "foreign", "--key-algorithm", "P-256");
        Files.createDirectories(folder.resolve("D/pki"));
        Files.copy(folder.resolve("foreign/pki/ca.crt"), folder.resolve("D/pki/ca.crt"));
        requestSet();
        signSet();

        assertThat(run("request", "--dir", "D", "--accept", "answers.zip")).isEqualTo(1);

        assertThat(last.err()).contains("the answer's CA is not the one in");
        assertThat(folder.resolve("D/admin.conf")).doesNotExist();
    }

    @Test
    void refusesAnArchiveWithAnotherDigestThanTheOneReadOut() throws Exception {
        requestSet();

        int code = run(
                "sign",
                "--archive",
                "requests.zip",
                "--dir",
                "ca",
                "--allow-privileged",
                "--yes",
                "-o",
                "answers.zip",
                "--expect-digest",
                "00".repeat(32));

        assertThat(code).isEqualTo(1);
        assertThat(folder.resolve("answers.zip")).doesNotExist();
    }

    @Test
    void signsAnArchiveOnlyWhenSomebodySaidYes() throws Exception {
        requestSet();

        assertThat(run("sign", "--archive", "requests.zip", "--dir", "ca", "-o", "a.zip"))
                .isEqualTo(1);
        assertThat(last.err()).contains("admin.conf: its O is system:masters");
        assertThat(run("sign", "--archive", "requests.zip", "--dir", "ca", "--allow-privileged", "-o", "a.zip"))
                .isEqualTo(2);
        assertThat(last.err()).contains("--yes");
        assertThat(folder.resolve("a.zip")).doesNotExist();
    }

    @Test
    void signsAnArchiveWithCasNamedOneByOne() throws Exception {
        requestSet();
        assertThat(run(
                        "sign",
                        "--archive",
                        "requests.zip",
                        "--allow-privileged",
                        "--yes",
                        "-o",
                        "answers.zip",
                        "--ca",
                        "ca/pki/ca.crt",
                        "--ca-key",
                        "ca/pki/ca.key"))
                .isEqualTo(1);
        assertThat(last.err()).contains("--authority etcd-ca=CERT,KEY");

        done(
                "sign",
                "--archive",
                "requests.zip",
                "--allow-privileged",
                "--yes",
                "-o",
                "answers.zip",
                "--ca",
                "ca/pki/ca.crt",
                "--ca-key",
                "ca/pki/ca.key",
                "--authority",
                "etcd-ca=ca/pki/etcd/ca.crt,ca/pki/etcd/ca.key",
                "--authority",
                "front-proxy-ca=ca/pki/front-proxy-ca.crt,ca/pki/front-proxy-ca.key");
        done("request", "--dir", "D", "--accept", "answers.zip");
    }

    @Test
    void aUsersRequestKeepsItsOrderAndItsKeyStaysPrivate() throws Exception {
        done("request", "--subject", "/CN=myuser/O=dev", "--key-algorithm", "P-256", "-o", "u.csr");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("u.key"))))
                .isEqualTo("rw-------");
        assertThat(last.out() + last.err()).doesNotContain("PRIVATE");
        assertThat(openssl("req", "-in", "u.csr", "-verify", "-noout", "-subject"))
                .contains("CN = myuser, O = dev");
        done("sign", "u.csr", "--dir", "ca", "-o", "u.crt");
        openssl(
                "verify",
                "-x509_strict",
                "-purpose",
                "sslclient",
                "-attime",
                "1772400000",
                "-CAfile",
                "ca/pki/ca.crt",
                "u.crt");
        assertThat(Files.readString(folder.resolve("ca/certificate-ledger.jsonl")))
                .contains("CN = myuser, O = dev");
    }

    /// `request --key` and `sign --ca-key` under the same password, from every source that openssl's option knows.
    @Test
    void opensEncryptedKeysWithThePasswordFromAnySource() throws Exception {
        for (String file : List.of("ca.key", "jane.key")) {
            openssl(
                    "genpkey",
                    "-algorithm",
                    "EC",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-aes-256-cbc",
                    "-pass",
                    "pass:secret",
                    "-out",
                    file);
        }
        openssl(
                "req",
                "-x509",
                "-new",
                "-key",
                "ca.key",
                "-passin",
                "pass:secret",
                "-subj",
                "/CN=ca",
                "-out",
                "ca.crt",
                "-days",
                "3650",
                "-addext",
                "keyUsage=critical,keyCertSign,cRLSign");
        Files.writeString(folder.resolve("password"), "secret\nanother line\n");
        Session asked =
                new Session(Commands.table()).in(folder).typing("secret\n").atTerminal(Terminals.Stream.IN);
        assertThat(asked.run("request", "--cn", "jane", "--key", "jane.key", "-o", "jane.csr"))
                .as(asked.err())
                .isZero();
        assertThat(asked.err())
                .contains("password of " + folder.resolve("jane.key"))
                .doesNotContain("secret");
        for (String source : List.of("pass:secret", "env:PASSWORD", "file:password", "stdin")) {
            assertThat(signWith(source)).as("%s: %s", source, last.err()).isZero();
            openssl("verify", "-CAfile", "ca.crt", "j.crt");
            Files.delete(folder.resolve("j.crt"));
        }
        assertThat(signWith("pass:wrong")).isEqualTo(1);
        assertThat(last.err())
                .contains("ca.key: the private key can't be opened")
                .doesNotContain("wrong\n");
        assertThat(signWith("secret")).isEqualTo(2);
        assertThat(last.err()).contains("--passin: is none of pass:TEXT").doesNotContain("secret");
        assertThat(run("sign", "jane.csr", "--ca", "ca.crt", "--ca-key", "ca.key", "-o", "j.crt"))
                .isEqualTo(2);
        assertThat(last.err()).contains("nobody is there to ask for its password");
        assertThat(folder.resolve("j.crt")).doesNotExist();
    }

    private int signWith(String source) {
        last = new Session(Commands.table())
                .in(folder)
                .at(Instant.now().toString())
                .with("PASSWORD", "secret")
                .typing(source.equals("stdin") ? "secret\n" : "");
        return last.run("sign", "jane.csr", "--ca", "ca.crt", "--ca-key", "ca.key", "--passin", source, "-o", "j.crt");
    }

    @Test
    void neverReplacesAKey() throws Exception {
        Files.writeString(folder.resolve("u.key"), "mine");

        assertThat(run("request", "--cn", "u", "-o", "u.csr")).isEqualTo(1);

        assertThat(folder.resolve("u.key")).hasContent("mine");
        assertThat(folder.resolve("u.csr")).doesNotExist();
    }

    @Test
    void signsWhatOpensslRequestsAndKeepsTheNames() throws Exception {
        openssl(
                "req",
                "-new",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                "s.key",
                "-out",
                "s.csr",
                "-subj",
                "/CN=KUBE-API-SERVER",
                "-addext",
                "subjectAltName=DNS:kubernetes,IP:10.96.0.1");

        done("sign", "s.csr", "--dir", "ca", "--profile", "server", "--days", "30", "-o", "s.crt");

        assertThat(last.err()).contains("names:    DNS:kubernetes, IP Address:10.96.0.1");
        assertThat(openssl("x509", "-in", "s.crt", "-noout", "-text"))
                .contains(
                        "Version: 3",
                        "DNS:kubernetes, IP Address:10.96.0.1",
                        "TLS Web Server Authentication",
                        "Authority Key Identifier",
                        "Not After : Mar 31 12:00:00 2026 GMT");
        openssl("verify", "-x509_strict", "-attime", "1772400000", "-CAfile", "ca/pki/ca.crt", "s.crt");
    }

    @Test
    void refusesAWeakKey() throws Exception {
        openssl("req", "-new", "-newkey", "rsa:1024", "-nodes", "-keyout", "w.key", "-out", "w.csr", "-subj", "/CN=w");

        assertThat(run("sign", "w.csr", "--dir", "ca")).isEqualTo(1);

        assertThat(last.err()).contains("w.csr: is not signed: the key is weak");
        assertThat(last.out()).isEmpty();
    }

    @Test
    void capsACertificateAtItsCasEnd() throws Exception {
        done("request", "--cn", "u", "--key-algorithm", "P-256", "-o", "u.csr");

        done("sign", "u.csr", "--dir", "ca", "--days", "36500", "-o", "u.crt");

        assertThat(last.err()).contains("ends with its CA, earlier than asked");
    }

    @Test
    void makesARootFromItsOwnRequest() throws Exception {
        openssl(
                "req",
                "-new",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                "k.key",
                "-out",
                "k.csr",
                "-subj",
                "/CN=KUBE-CA");

        done("sign", "k.csr", "--self", "--ca-key", "k.key", "-o", "k.crt");

        assertThat(openssl("x509", "-in", "k.crt", "-noout", "-text")).contains("Version: 3", "CA:TRUE");
        openssl("verify", "-x509_strict", "-attime", "1772400000", "-CAfile", "k.crt", "k.crt");
        assertThat(run("sign", "k.csr", "--self", "--ca-key", "k,key")).isEqualTo(1);
        assertThat(last.err()).contains("k,key");
    }

    @Test
    void opensslSignsTheRequestsBesideTheKeys() throws Exception {
        done("request", "--dir", "ca", "--all");
        String text = openssl("req", "-in", "ca/pki/apiserver.csr", "-verify", "-noout", "-text");
        assertThat(text).contains("DNS:kubernetes.default.svc", "TLS Web Server Authentication");
        openssl(
                "x509",
                "-req",
                "-in",
                "ca/admin.conf.csr",
                "-CA",
                "ca/pki/ca.crt",
                "-CAkey",
                "ca/pki/ca.key",
                "-CAcreateserial",
                "-copy_extensions",
                "copy",
                "-days",
                "30",
                "-out",
                "admin.crt");
        assertThat(openssl("x509", "-in", "admin.crt", "-noout", "-text"))
                .contains("TLS Web Client Authentication", "O = system:masters, CN = kubernetes-admin");
    }

    @Test
    void requestsOneMemberByName() throws Exception {
        done("request", "apiserver", "--dir", "ca");

        assertThat(folder.resolve("ca/pki/apiserver.csr")).exists();
        assertThat(folder.resolve("ca/admin.conf.csr")).doesNotExist();
        assertThat(run("request", "apisever", "--dir", "ca")).isEqualTo(2);
    }
}
