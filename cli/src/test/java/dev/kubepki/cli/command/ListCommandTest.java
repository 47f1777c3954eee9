package dev.kubepki.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.cli.Commands;
import dev.kubepki.cli.frame.Session;
import dev.kubepki.cli.frame.Terminals;
import dev.kubepki.pki.document.Documents;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sets are made at 2026-03-01T12:00:00Z, for a year; their CAs for ten.
class ListCommandTest {
    private static final String MADE = "2026-03-01T12:00:00Z";
    private static final String LAST_MONTH = "2027-02-10T12:00:00Z";
    private static final String TOO_LATE = "2027-03-02T12:00:00Z";
    private static final Pattern SAMPLE = Pattern.compile(
            "(kubepki_certificate_[a-z_]+)\\{name=\"([^\"\\\\]|\\\\.)*\",file=\"([^\"\\\\]|\\\\.)*\","
                    + "subject=\"([^\"\\\\]|\\\\.)*\",issuer=\"([^\"\\\\]|\\\\.)*\",ca=\"([^\"\\\\]|\\\\.)*\"\\} -?\\d+");

    @TempDir
    Path folder;

    @BeforeEach
    void makeSet() throws IOException {
        Files.writeString(folder.resolve("cluster.yaml"), """
                apiVersion: kubepki.dev/v1alpha1
                kind: ClusterPKI
                keyAlgorithm: ECDSA-P256
                controlPlaneNodes:
                  - name: cp1
                    addresses: 192.0.2.11
                """);
        Session session = session(MADE);
        assertThat(session.run("init", "--dir", "demo", "-f", "cluster.yaml"))
                .as(session.err())
                .isZero();
    }

    @Test
    void namesAPipeInTheSetAndDoesNotWaitForItsWriter() throws Exception {
        Path conf = folder.resolve("demo/scheduler.conf");
        Path pipe = folder.resolve("demo/pki/scheduler.key");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.writeString(
                conf, Files.readString(conf).replaceAll("client-key-data: .*", "client-key: pki/scheduler.key"));
        Session verify = session(MADE);
        assertThat(verify.run("verify", "--dir", "demo")).isEqualTo(3);
        assertThat(verify.out())
                .contains("scheduler.conf")
                .contains("client-key: " + pipe + ": it is neither a file nor a folder");
        Session list = session(MADE);
        run(list, "--dir", "demo");
        assertThat(list.out()).contains("scheduler.conf");
    }

    private Session session(String now) {
        return new Session(Commands.table()).in(folder).at(now);
    }

    private String list(String now, String... args) {
        Session session = session(now);
        assertThat(run(session, args)).as(session.err()).isZero();
        return session.out();
    }

    private static int run(Session session, String... args) {
        List<String> line = new ArrayList<>(List.of("list"));
        line.addAll(List.of(args));
        return session.run(line.toArray(String[]::new));
    }

    private static String line(String text, String start) {
        return text.lines().filter(l -> l.contains(start)).findFirst().orElse("");
    }

    private static List<Mapping> certificates(String document) {
        List<Mapping> rows = new ArrayList<>();
        Mapping root = (Mapping) Documents.readOne("out", document.getBytes(StandardCharsets.UTF_8))
                .root();
        assertThat(root.string("kind")).contains("CertificateList");
        for (Node node : root.sequence("certificates").orElseThrow().items()) {
            rows.add((Mapping) node);
        }
        return rows;
    }

    @Test
    void showsTheSetAsATreeByCa() {
        String out = list(MADE, "--dir", "demo");

        assertThat(out.lines().map(l -> l.split(" {3}", -1)[0]))
                .containsExactly(
                        "NAME",
                        "ca",
                        "|-- admin.conf",
                        "|-- apiserver",
                        "|-- apiserver-kubelet-client",
                        "|-- kubelet-server",
                        "|-- kubelet.conf",
                        "|-- controller-manager.conf",
                        "|-- scheduler.conf",
                        "`-- kube-proxy.conf",
                        "etcd-ca",
                        "|-- apiserver-etcd-client",
                        "|-- etcd-server",
                        "|-- etcd-peer",
                        "`-- etcd-healthcheck-client",
                        "front-proxy-ca",
                        "`-- front-proxy-client");
        assertThat(line(out, "-- apiserver "))
                .contains("server: kube-apiserver", "2027-03-01T12:00:00Z", "365d", "ok", "CN = kubernetes-ca")
                .contains("DNS:kubernetes,");
    }

    @Test
    void sortsTheFlatTableByExpiryAndByNameWhereAsked() throws IOException {
        Files.delete(folder.resolve("demo/pki/etcd/peer.crt"));

        List<String> byExpiry =
                list(MADE, "--dir", "demo", "-o", "table").lines().toList();
        List<String> byName = list(MADE, "--dir", "demo", "-o", "name", "--sort-by", "name")
                .lines()
                .toList();

        assertThat(byExpiry.get(1)).startsWith("etcd-peer").contains("missing");
        assertThat(byExpiry.getLast()).startsWith("front-proxy-ca");
        assertThat(byName).hasSize(16).isSorted().contains("etcd-peer", "ca", "admin.conf");
    }

    @Test
    void tellsByTheClockWhatEndsSoonAndWhatHasEnded() {
        assertThat(line(list(LAST_MONTH, "--dir", "demo"), "-- apiserver ")).contains("19d", "expires soon");
        assertThat(line(list(LAST_MONTH, "--dir", "demo"), "etcd-ca ")).contains("9y", "ok");
        assertThat(line(list(TOO_LATE, "--dir", "demo"), "-- apiserver ")).contains("-24h", "expired");
        assertThat(line(list("2026-02-01T00:00:00Z", "--dir", "demo"), "-- apiserver "))
                .contains("not yet valid");
    }

    @Test
    void failWithinChangesTheExitCodeAndNothingElse() {
        for (String now : List.of(MADE, LAST_MONTH, TOO_LATE)) {
            Session session = session(now);
            int code = run(session, "--dir", "demo", "--fail-within", "30d");
            assertThat(code).as(now).isEqualTo(now.equals(MADE) ? 0 : 3);
            assertThat(session.out()).isEqualTo(list(now, "--dir", "demo"));
        }
        assertThat(run(session(MADE), "--dir", "demo", "--fail-within", "9y")).isEqualTo(3);
    }

    @Test
    void failWithinCountsAuthoritiesAndWhatIsMissingOrUnreadable() throws IOException {
        // The CAs alone: every leaf is gone with the description that asked for it.
        Files.delete(folder.resolve("demo/kubepki.yaml"));
        Path authority = Files.createDirectories(folder.resolve("ca/pki"));
        Files.copy(folder.resolve("demo/pki/ca.crt"), authority.resolve("ca.crt"));
        assertThat(run(session(MADE), "--dir", "ca", "--fail-within", "9y")).isZero();
        assertThat(run(session(MADE), "--dir", "ca", "--fail-within", "11y")).isEqualTo(3);

        Files.writeString(authority.resolve("front-proxy-ca.crt"), "nothing");
        assertThat(run(session(MADE), "--dir", "ca", "--fail-within", "1d")).isEqualTo(3);

        Files.delete(folder.resolve("demo/scheduler.conf"));
        assertThat(run(session(MADE), "--dir", "demo", "--fail-within", "1d")).isEqualTo(3);
    }

    @Test
    void saysWhatIsMissingOrUnreadableAndWhy() throws IOException {
        Files.delete(folder.resolve("demo/pki/apiserver.crt"));
        Files.writeString(folder.resolve("demo/scheduler.conf"), "nothing");
        Files.writeString(folder.resolve("demo/pki/etcd/peer.crt"), "-----BEGIN CERTIFICATE-----\nAAAA\n");

        String out = list(MADE, "--dir", "demo");

        assertThat(line(out, "|-- apiserver ")).contains("missing", "server: kube-apiserver");
        assertThat(line(out, "-- scheduler.conf")).contains("unreadable");
        assertThat(line(out, "-- etcd-peer")).contains("unreadable");
        assertThat(out).containsPattern("pki/etcd/peer.crt +line 1: .*cut off").contains("is not a kubeconfig");
    }

    @Test
    void listsTheSameOfASetWithoutDescription() throws IOException {
        String described = list(MADE, "--dir", "demo");
        Files.delete(folder.resolve("demo/kubepki.yaml"));

        assertThat(list(MADE, "--dir", "demo")).isEqualTo(described);

        Files.delete(folder.resolve("demo/pki/apiserver-etcd-client.crt"));
        assertThat(line(list(MADE, "--dir", "demo"), "-- apiserver-etcd-client"))
                .contains("missing");
    }

    @Test
    void doesNotMissTheControlPlaneOnAWorker() throws IOException {
        Path worker = Files.createDirectories(folder.resolve("worker/pki"));
        Files.copy(folder.resolve("demo/pki/ca.crt"), worker.resolve("ca.crt"));
        Files.copy(folder.resolve("demo/kubelet.conf"), folder.resolve("worker/kubelet.conf"));

        assertThat(list(MADE, "--dir", "worker", "-o", "name").lines()).containsExactly("ca", "kubelet.conf");
    }

    @Test
    void listsOtherThingsInTheFolderApart() throws IOException {
        Path other = folder.resolve("demo/pki/apiserver-old.crt");
        Files.copy(folder.resolve("demo/pki/apiserver.crt"), other);
        Files.copy(folder.resolve("demo/pki/apiserver.key"), folder.resolve("demo/spare.key"));

        String out = list(MADE, "--dir", "demo");

        assertThat(out).containsPattern("(?m)^other\n`-- pki/apiserver-old.crt ");
        assertThat(out).containsPattern("spare.key +private key ECDSA-P256 +apiserver, pki/apiserver-old.crt");
        assertThat(list(MADE, "--dir", "demo", "-o", "json"))
                .containsPattern("\"name\": \"pki/apiserver-old.crt\",\n.*\n *\"catalogued\": false")
                .containsPattern("\"name\": \"apiserver\",\n.*\n *\"catalogued\": true");
    }

    @Test
    void wideShowsAllNamesSerialKeyUsagesModeAndFingerprint() {
        String row = line(list(MADE, "--dir", "demo", "-o", "wide"), "server: kube-apiserver");

        assertThat(row)
                .contains("DNS:kubernetes.default.svc.cluster.local", "IP Address:192.0.2.11")
                .contains("ECDSA-P256", "digitalSignature,serverAuth", "pki/apiserver.crt", "0644")
                .containsPattern(" [0-9a-f]{30,40} ")
                .containsPattern(" [0-9a-f]{64}$");
    }

    @Test
    void writesTheSameDocumentAsJsonAndYaml() {
        String json = list(LAST_MONTH, "--dir", "demo", "-o", "json");

        Mapping apiServer = certificates(json).stream()
                .filter(row -> row.string("name").orElseThrow().equals("apiserver"))
                .findFirst()
                .orElseThrow();
        assertThat(apiServer.keys())
                .containsExactly(
                        "name",
                        "file",
                        "catalogued",
                        "purpose",
                        "state",
                        "subject",
                        "issuer",
                        "ca",
                        "subjectAltNames",
                        "serialNumber",
                        "notBefore",
                        "notAfter",
                        "residualSeconds",
                        "keyAlgorithm",
                        "keyUsages",
                        "extendedKeyUsages",
                        "mode",
                        "sha256");
        assertThat(apiServer.string("notAfter")).contains("2027-03-01T12:00:00Z");
        assertThat(json).contains("\"residualSeconds\": 1641600");
        assertThat(certificates(list(LAST_MONTH, "--dir", "demo", "-o", "yaml")))
                .isEqualTo(certificates(json));
    }

    @Test
    void writesMetricsThatACollectorTakes() throws IOException {
        Files.delete(folder.resolve("demo/pki/apiserver.crt"));

        List<String> lines =
                list(TOO_LATE, "--dir", "demo", "-o", "prometheus").lines().toList();

        Set<String> samples = new HashSet<>();
        for (String line : lines) {
            if (!line.startsWith("# ")) {
                Matcher sample = SAMPLE.matcher(line);
                assertThat(sample.matches()).as(line).isTrue();
                assertThat(samples.add(line.substring(0, line.lastIndexOf(' '))))
                        .as(line)
                        .isTrue();
                assertThat(lines).contains("# TYPE " + sample.group(1) + " gauge");
            }
        }
        // 13 leaves and 3 CAs, of which one has no times.
        assertThat(samples).hasSize(15 + 15 + 16);
        assertThat(lines)
                .contains("kubepki_certificate_valid{name=\"ca\",file=\"pki/ca.crt\",subject=\"CN = kubernetes-ca\","
                        + "issuer=\"CN = kubernetes-ca\",ca=\"ca\"} 1")
                .contains("kubepki_certificate_valid{name=\"apiserver\",file=\"pki/apiserver.crt\",subject=\"\","
                        + "issuer=\"\",ca=\"ca\"} 0")
                .anyMatch(l -> l.startsWith("kubepki_certificate_not_after_timestamp_seconds{name=\"admin.conf\"")
                        && l.endsWith(" 1803902400"));
    }

    @Test
    void escapesLabelsOfMetrics() throws IOException {
        Files.copy(folder.resolve("demo/pki/ca.crt"), folder.resolve("a\"b\\c.crt"));

        String out = list(MADE, "a\"b\\c.crt", "-o", "prometheus");

        assertThat(out).contains("name=\"a\\\"b\\\\c.crt\"");
        assertThat(out.lines().filter(l -> !l.startsWith("#")))
                .allMatch(l -> SAMPLE.matcher(l).matches());
    }

    @Test
    void coloursStatesOnATerminalOnly() {
        Session terminal = session(TOO_LATE).atTerminal(Terminals.Stream.OUT);
        run(terminal, "--dir", "demo");

        assertThat(terminal.out()).contains("\u001b[31mexpired\u001b[0m", "\u001b[32mok\u001b[0m");
        assertThat(list(TOO_LATE, "--dir", "demo")).doesNotContain("\u001b");
    }

    @Test
    void drawsWithLinesWhereTheLocaleHasThem() {
        Session session = session(MADE).with("LANG", "C.UTF-8");
        run(session, "--dir", "demo");

        assertThat(session.out()).contains("├── admin.conf", "└── front-proxy-client");
    }

    @Test
    void namesMembersOfSeveralNodesWithTheirNode() throws IOException {
        Files.writeString(folder.resolve("two.yaml"), """
                apiVersion: kubepki.dev/v1alpha1
                kind: ClusterPKI
                keyAlgorithm: ECDSA-P256
                controlPlaneNodes:
                  - name: cp1
                    addresses: 192.0.2.11
                workers:
                  - name: w1
                    addresses: 192.0.2.21
                """);
        session(MADE).run("init", "--dir", "two", "-f", "two.yaml");

        assertThat(list(MADE, "--dir", "two", "-o", "name").lines())
                .contains("ca", "cp1/apiserver", "cp1/kubelet.conf", "w1/kubelet.conf", "w1/kubelet-server")
                .doesNotHaveDuplicates()
                .noneMatch(name -> name.startsWith("nodes/"));
    }

    @Test
    void searchesFilesAndFoldersThatAreNamed() throws IOException {
        String out = list(MADE, "demo/admin.conf", "demo/pki/etcd");

        assertThat(out)
                .contains("demo/admin.conf user ", "demo/admin.conf cluster ", "demo/pki/etcd/server.crt")
                .containsPattern("demo/pki/etcd/server.key +private key ECDSA-P256 +demo/pki/etcd/server.crt");
    }

    @Test
    void showsCertificatesOfAbsentAuthoritiesBelowTheirName() {
        assertThat(list(MADE, "demo/pki/apiserver.crt"))
                .contains("not here: CN = kubernetes-ca\n`-- demo/pki/apiserver.crt");
    }

    @Test
    void refusesOperandsBesideTheFolderOfASet() {
        Session session = session(MADE);

        assertThat(run(session, "--dir", "demo", "demo/admin.conf")).isEqualTo(2);
        assertThat(session.err()).contains("--dir");
    }

    @Test
    void namesWhatIsNotThere() {
        Session file = session(MADE);
        assertThat(run(file, "nowhere.crt")).isEqualTo(1);
        assertThat(file.err()).contains("nowhere.crt: there is no such file or folder");
        Session set = session(MADE);
        assertThat(run(set, "--dir", "nowhere")).isEqualTo(1);
        assertThat(set.err()).contains("there is no such folder", "kubepki init --dir");
    }
}
