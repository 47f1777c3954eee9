package dev.kubepki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.cli.frame.Session;
import dev.kubepki.cli.frame.Terminals;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.Kubeconfig;
import dev.kubepki.pki.files.KubeconfigUser;
import dev.kubepki.pki.x509.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigCommandTest {
    @TempDir
    Path dir;

    private Session session = new Session(Commands.table());

    private void makeSet() throws IOException {
        Path description = Files.writeString(dir.resolve("cluster.yaml"), """
                apiVersion: kubepki.dev/v1alpha1
                kind: ClusterPKI
                keyAlgorithm: ECDSA-P256
                controlPlaneNodes:
                  - name: cp-1
                    addresses: 192.0.2.11
                """);
        assertThat(session.run("init", "--dir", dir.toString(), "-f", description.toString()))
                .isZero();
    }

    private int run(String... words) {
        session = new Session(Commands.table()).in(dir).with("HOME", dir.toString());
        return session.run(words);
    }

    private Kubeconfig read(String file) {
        return Kubeconfig.read(dir.resolve(file), new DurableFiles(FileOperations.disk()));
    }

    private static Certificate certificate(KubeconfigUser user) {
        return Certificate.readAll(user.clientCertificate().orElseThrow().read(new DurableFiles(FileOperations.disk())))
                .getFirst();
    }

    /// The steps of `kubectl config set-credentials`: a new command forgets the arguments, a token the user name.
    @Test
    void setsBasicCredentialsAndPlugins() {
        Path file = dir.resolve("F");
        run("kubeconfig", "set-credentials", "a", "--username", "anna", "--password", "p", "--kubeconfig", "F");
        assertThat(file).content().contains("    password: p\n    username: anna\n");
        run("kubeconfig", "set-credentials", "a", "--token", "t", "--kubeconfig", "F");
        assertThat(file).content().contains("    token: t\n").doesNotContain("anna");
        run(
                "kubeconfig",
                "set-credentials",
                "b",
                "--exec-command",
                "/p",
                "--exec-api-version",
                "v",
                "--exec-arg",
                "x",
                "--exec-env",
                "K=v",
                "--kubeconfig",
                "F");
        run("kubeconfig", "set-credentials", "b", "--exec-env", "L=w", "--exec-env", "K-", "--kubeconfig", "F");
        assertThat(file).content().contains("""
                    exec:
                      apiVersion: v
                      args:
                      - x
                      command: /p
                      env:
                      - name: L
                        value: w
                      provideClusterInfo: false
                """);
        run("kubeconfig", "set-credentials", "b", "--exec-command", "/q", "--kubeconfig", "F");
        assertThat(file).content().contains("      args: null\n      command: /q\n");
        assertThat(run("kubeconfig", "set-credentials", "b", "--exec-env", "nothing", "--kubeconfig", "F"))
                .isEqualTo(2);
        assertThat(run("kubeconfig", "set-credentials", "b", "--token", "t", "--username", "u", "--kubeconfig", "F"))
                .isEqualTo(2);
    }

    @Test
    void makesAKubeconfigForAUserAndKeepsAccountOfIt() throws IOException {
        makeSet();
        assertThat(run(
                        "kubeconfig",
                        "--dir",
                        ".",
                        "--user",
                        "jane",
                        "--group",
                        "dev",
                        "--group",
                        "ops",
                        "--validity",
                        "8h",
                        "--namespace",
                        "shop",
                        "-o",
                        "jane.conf"))
                .as(session.err())
                .isZero();
        Kubeconfig config = read("jane.conf");
        Certificate certificate = certificate(config.currentUser().orElseThrow());
        assertThat(certificate.subject().commonName()).contains("jane");
        assertThat(certificate.subject().organizations()).containsExactly("dev", "ops");
        assertThat(certificate.validity().notAfter()).isEqualTo(Instant.parse("2026-03-01T20:00:00Z"));
        assertThat(config.currentCluster().orElseThrow().server()).contains("https://192.0.2.11:6443");
        assertThat(config.context("jane@kubernetes").orElseThrow().namespace()).contains("shop");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("jane.conf"))))
                .isEqualTo("rw-------");
        assertThat(Files.readAllLines(dir.resolve("certificate-ledger.jsonl")).getLast())
                .contains(
                        certificate.fingerprint(), "\"command\":\"kubeconfig\"", "\"file\":\"" + dir + "/jane.conf\"");
    }

    @Test
    void refusesNamesWithPowerOfTheirOwn() throws IOException {
        makeSet();
        long lines = Files.readAllLines(dir.resolve("certificate-ledger.jsonl")).size();
        assertThat(run("kubeconfig", "--dir", ".", "--user", "eve", "--group", "system:masters"))
                .isEqualTo(1);
        assertThat(session.err()).contains("the group system:masters may do everything whatever RBAC says");
        assertThat(run("kubeconfig", "--dir", ".", "--user", "system:node:cp-1"))
                .isEqualTo(1);
        assertThat(session.err()).contains("the user system:node:cp-1 is a node's own name");
        assertThat(session.out()).isEmpty();
        assertThat(Files.readAllLines(dir.resolve("certificate-ledger.jsonl"))).hasSize((int) lines);
        assertThat(run("kubeconfig", "--dir", ".", "--user", "eve", "--group", "system:masters", "--allow-privileged"))
                .isZero();
        assertThat(session.out()).contains("client-key-data: ");
    }

    @Test
    void givesOutTheSetsOwn() throws IOException {
        makeSet();
        assertThat(run("kubeconfig", "admin.conf", "--dir", ".")).isZero();
        assertThat(session.out()).isEqualTo(Files.readString(dir.resolve("admin.conf")));
        assertThat(run("kubeconfig", "amdin.conf", "--dir", ".")).isEqualTo(2);
    }

    @Test
    void showsNoPrivateKeyOnATerminal() throws IOException {
        makeSet();
        session = new Session(Commands.table()).in(dir).atTerminal(Terminals.Stream.OUT);
        assertThat(session.run("kubeconfig", "admin.conf", "--dir", ".")).isEqualTo(1);
        assertThat(session.out()).isEmpty();
        assertThat(session.err()).contains("not shown on a terminal");
    }

    @Test
    void mergesWithoutLosingEntriesAndNamesWhatClashes() throws IOException {
        makeSet();
        assertThat(run("kubeconfig", "set-credentials", "other", "--token", "t", "--kubeconfig", "mine"))
                .isZero();
        assertThat(run("kubeconfig", "admin.conf", "--dir", ".", "--merge-into", "mine"))
                .isZero();
        assertThat(run("kubeconfig", "--user", "jane", "--dir", ".", "--merge-into", "mine"))
                .isZero();
        assertThat(read("mine").users())
                .extracting(KubeconfigUser::name)
                .containsExactly("default-admin", "jane", "other");
        assertThat(read("mine").currentContext()).contains("default-system");
        Certificate first = certificate(read("mine").user("jane").orElseThrow());
        assertThat(run("kubeconfig", "--user", "jane", "--dir", ".", "--merge-into", "mine"))
                .isEqualTo(1);
        assertThat(session.err()).contains("has the user jane already", "Give --overwrite");
        assertThat(certificate(read("mine").user("jane").orElseThrow())).isEqualTo(first);
        assertThat(run("kubeconfig", "--user", "jane", "--dir", ".", "--merge-into", "mine", "--overwrite"))
                .isZero();
        assertThat(certificate(read("mine").user("jane").orElseThrow())).isNotEqualTo(first);
    }

    @Test
    void takesACertificateAndKeyThatAreThere() throws IOException {
        makeSet();
        String pair = "pki/apiserver-kubelet-client";
        assertThat(run(
                        "kubeconfig",
                        "--dir",
                        ".",
                        "--client-certificate",
                        pair + ".crt",
                        "--client-key",
                        pair + ".key",
                        "-o",
                        "c.conf"))
                .as(session.err())
                .isZero();
        KubeconfigUser user = read("c.conf").currentUser().orElseThrow();
        assertThat(user.name()).isEqualTo("kube-apiserver-kubelet-client");
        assertThat(run("kubeconfig", "--dir", ".", "--client-certificate", pair + ".crt", "--client-key", "pki/sa.key"))
                .isEqualTo(1);
        assertThat(session.err()).contains("is not the private key of");
    }

    @Test
    void saysWhatIsMissingWhereTheCaKeyIsElsewhere() throws IOException {
        makeSet();
        Files.delete(dir.resolve("pki/ca.key"));
        assertThat(run("kubeconfig", "--dir", ".", "--user", "jane")).isEqualTo(1);
        assertThat(session.err()).contains("pki/ca.key: it does not exist");
    }

    /// The texts are what kubectl 1.35 prints and writes for the same steps.
    @Test
    void editsAsKubectlDoes() throws IOException {
        Files.writeString(dir.resolve("ca.pem"), "any text\n");
        assertThat(run(
                        "kubeconfig",
                        "set-cluster",
                        "default-cluster",
                        "--server=https://10.0.0.1:6443",
                        "--certificate-authority",
                        "ca.pem",
                        "--embed-certs"))
                .isZero();
        assertThat(session.out()).isEqualTo("Cluster \"default-cluster\" set.\n");
        assertThat(run(
                        "kubeconfig",
                        "set-credentials",
                        "default-admin",
                        "--client-key",
                        "k.pem",
                        "--client-certificate=c.pem"))
                .isZero();
        assertThat(session.out()).isEqualTo("User \"default-admin\" set.\n");
        String[] context = {
            "kubeconfig", "set-context", "default-system", "--cluster", "default-cluster", "--user", "default-admin"
        };
        assertThat(run(context)).isZero();
        assertThat(session.out()).isEqualTo("Context \"default-system\" created.\n");
        assertThat(run(context)).isZero();
        assertThat(session.out()).isEqualTo("Context \"default-system\" modified.\n");
        assertThat(run("kubeconfig", "--kubeconfig=.kube/config", "use-context", "default-system"))
                .isZero();
        assertThat(session.out()).isEqualTo("Switched to context \"default-system\".\n");
        assertThat(Files.readString(dir.resolve(".kube/config"))).isEqualTo("""
                apiVersion: v1
                clusters:
                - cluster:
                    certificate-authority-data: YW55IHRleHQK
                    server: https://10.0.0.1:6443
                  name: default-cluster
                contexts:
                - context:
                    cluster: default-cluster
                    user: default-admin
                  name: default-system
                current-context: default-system
                kind: Config
                users:
                - name: default-admin
                  user:
                    client-certificate: %1$s/c.pem
                    client-key: %1$s/k.pem
                """.formatted(dir));
        assertThat(run("kubeconfig", "rename-context", "default-system", "demo"))
                .isZero();
        assertThat(session.out()).isEqualTo("Context \"default-system\" renamed to \"demo\".\n");
        assertThat(run("kubeconfig", "current-context")).isZero();
        assertThat(session.out()).isEqualTo("demo\n");
        assertThat(run("kubeconfig", "delete-user", "default-admin")).isZero();
        assertThat(session.out()).isEqualTo("deleted user default-admin from " + dir + "/.kube/config\n");
        assertThat(run("kubeconfig", "use-context", "nope")).isEqualTo(1);
        assertThat(session.err()).isEqualTo("error: no context exists with the name: \"nope\"\n");
    }

    @Test
    void changesEachEntryInTheFileThatHasIt() throws IOException {
        run("kubeconfig", "set-context", "one", "--kubeconfig", "F", "--cluster", "c");
        run("kubeconfig", "set-context", "two", "--kubeconfig", "G", "--cluster", "c");
        String second = Files.readString(dir.resolve("G"));
        session = new Session(Commands.table()).in(dir).with("KUBECONFIG", "F:G");
        assertThat(session.run("kubeconfig", "set-context", "two", "--namespace", "n"))
                .isZero();
        assertThat(session.run("kubeconfig", "use-context", "two")).isZero();
        assertThat(Files.readString(dir.resolve("G")))
                .isEqualTo(second.replace("    user: \"\"\n", "    namespace: \"n\"\n    user: \"\"\n"));
        assertThat(read("F").currentContext()).contains("two");
        assertThat(read("F").contexts()).hasSize(1);
    }

    @Test
    void viewsWithoutSecrets() {
        run("kubeconfig", "set-credentials", "u", "--token", "secret", "--kubeconfig", "F");
        assertThat(run("kubeconfig", "view", "--kubeconfig", "F")).isZero();
        assertThat(session.out()).contains("token: REDACTED").doesNotContain("secret");
        assertThat(run("kubeconfig", "view", "--raw", "--kubeconfig", "F")).isZero();
        assertThat(session.out()).contains("token: secret");
        assertThat(List.of(run("kubeconfig", "view", "--minify", "--kubeconfig", "F")))
                .containsExactly(1);
    }
}
