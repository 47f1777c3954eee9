package dev.kubepki.pki.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The expected texts are what kubectl 1.35 wrote for the same steps.
class KubeconfigTest {
    private static final byte[] CA = bytes("CA\n");
    private static final byte[] CERTIFICATE = bytes("CERT\n");
    private static final byte[] KEY = bytes("KEY\n");

    private static final String ADMIN = """
            apiVersion: v1
            clusters:
            - cluster:
                certificate-authority-data: Q0EK
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
                client-certificate-data: Q0VSVAo=
                client-key-data: S0VZCg==
            """;

    @TempDir
    Path dir;

    @Test
    void writesNullForListsWithoutEntries() {
        assertThat(text(Kubeconfig.empty(file()).with(cluster("default-cluster"))))
                .isEqualTo("""
                apiVersion: v1
                clusters:
                - cluster:
                    certificate-authority-data: Q0EK
                    server: https://10.0.0.1:6443
                  name: default-cluster
                contexts: null
                current-context: ""
                kind: Config
                users: null
                """);
    }

    @Test
    void writesAWholeLoginAsKubectlDoes() {
        assertThat(text(admin(file()))).isEqualTo(ADMIN);
    }

    @Test
    void readsBackWhatItWrote() {
        Kubeconfig config = Kubeconfig.parse(file(), bytes(ADMIN));
        DurableFiles files = new DurableFiles(FileOperations.disk());
        assertThat(config.currentCluster().orElseThrow().server()).contains("https://10.0.0.1:6443");
        assertThat(config.currentCluster()
                        .orElseThrow()
                        .certificateAuthority()
                        .orElseThrow()
                        .read(files))
                .isEqualTo(CA);
        assertThat(config.currentUser()
                        .orElseThrow()
                        .clientCertificate()
                        .orElseThrow()
                        .read(files))
                .isEqualTo(CERTIFICATE);
        assertThat(config.currentUser().orElseThrow().clientKey().orElseThrow().read(files))
                .isEqualTo(KEY);
        assertThat(text(config)).isEqualTo(ADMIN);
    }

    @Test
    void keepsOtherEntriesAndSortsByName() throws IOException {
        Files.createDirectories(dir.resolve("pki"));
        Kubeconfig config = admin(file())
                .with(KubeconfigCluster.named("far")
                        .withServer("https://c")
                        .withAuthorityFile(Path.of("/other/ca.crt")))
                .with(KubeconfigCluster.named("another")
                        .withServer("https://b")
                        .withTlsServerName("t")
                        .withAuthorityFile(dir.resolve("pki/ca.crt")))
                .with(KubeconfigContext.of("z", "another", "u").withNamespace("yes"))
                .with(KubeconfigUser.named("u").withToken("123"))
                .withoutUser("default-admin");
        assertThat(text(config)).isEqualTo("""
                apiVersion: v1
                clusters:
                - cluster:
                    certificate-authority: pki/ca.crt
                    server: https://b
                    tls-server-name: t
                  name: another
                - cluster:
                    certificate-authority-data: Q0EK
                    server: https://10.0.0.1:6443
                  name: default-cluster
                - cluster:
                    certificate-authority: /other/ca.crt
                    server: https://c
                  name: far
                contexts:
                - context:
                    cluster: default-cluster
                    user: default-admin
                  name: default-system
                - context:
                    cluster: another
                    namespace: "yes"
                    user: u
                  name: z
                current-context: default-system
                kind: Config
                users:
                - name: u
                  user:
                    token: "123"
                """);
    }

    @Test
    void normalizesAForeignFileAsKubectlDoesAndKeepsUnknownFields() {
        String foreign = """
                kind: Config
                preferences: {}
                users:
                - name: z
                  user:
                    exec: {command: aws, apiVersion: client.authentication.k8s.io/v1beta1}
                - name: a
                  user: {client-certificate: ../x/c.pem, client-key: /abs/k.pem, as-groups: [x], unknown: [kept]}
                contexts:
                - name: c
                  context: {cluster: b, user: a, namespace: "", extensions: [{name: e, extension: {a: b}}]}
                - name: d
                  context: {cluster: second}
                clusters:
                - cluster: {server: "https://b", insecure-skip-tls-verify: false, extensions: [{name: m, extension: {v: 1.20, k: true}}]}
                  name: b
                - {cluster: {server: "https://b"}, name: B10, unknown: kept}
                - cluster: {}
                  name: b9
                - name: nocluster
                extensions:
                - name: top
                  extension: {x: 1}
                """;
        assertThat(text(Kubeconfig.parse(file(), bytes(foreign)).withCurrentContext("c")))
                .isEqualTo("""
                apiVersion: v1
                clusters:
                - cluster:
                    server: https://b
                  name: B10
                  unknown: kept
                - cluster:
                    extensions:
                    - extension:
                        k: true
                        v: 1.2
                      name: m
                    server: https://b
                  name: b
                - cluster:
                    server: ""
                  name: b9
                - cluster:
                    server: ""
                  name: nocluster
                contexts:
                - context:
                    cluster: b
                    extensions:
                    - extension:
                        a: b
                      name: e
                    user: a
                  name: c
                - context:
                    cluster: second
                    user: ""
                  name: d
                current-context: c
                extensions:
                - extension:
                    x: 1
                  name: top
                kind: Config
                users:
                - name: a
                  user:
                    as-groups:
                    - x
                    client-certificate: ../x/c.pem
                    client-key: /abs/k.pem
                    unknown:
                    - kept
                - name: z
                  user:
                    exec:
                      apiVersion: client.authentication.k8s.io/v1beta1
                      args: null
                      command: aws
                      env: null
                      interactiveMode: IfAvailable
                      provideClusterInfo: false
                """);
    }

    @Test
    void readsPathsRelativeToItsOwnFolderUnlessDataIsThere() throws IOException {
        Files.write(dir.resolve("c.pem"), CERTIFICATE);
        String text = """
                users:
                - name: u
                  user: {client-certificate: c.pem, client-key: k.pem, client-key-data: S0VZCg==}
                """;
        KubeconfigUser user = Kubeconfig.parse(file(), bytes(text)).user("u").orElseThrow();
        DurableFiles files = new DurableFiles(FileOperations.disk());
        assertThat(user.clientCertificate()).contains(new KubeconfigPem.InFile(dir.resolve("c.pem")));
        assertThat(user.clientCertificate().orElseThrow().read(files)).isEqualTo(CERTIFICATE);
        assertThat(user.clientKey().orElseThrow().read(files)).isEqualTo(KEY);
    }

    @Test
    void embeddingReplacesThePathAndKeepsEverythingElse() {
        String text = "users: [{name: u, user: {client-certificate: c, client-key: k, as: x, later: y}}]";
        Kubeconfig config = Kubeconfig.parse(file(), bytes(text));
        KubeconfigUser user = config.user("u").orElseThrow().withEmbedded(CERTIFICATE, KEY);
        assertThat(user.fields().keys())
                .containsExactlyInAnyOrder("client-certificate-data", "client-key-data", "as", "later");
    }

    @Test
    void movesPathsWithTheEntryWhenMergingFromAnotherFolder() {
        Kubeconfig other = Kubeconfig.parse(
                dir.resolve("sub/other"),
                bytes("clusters: [{name: near, cluster: {certificate-authority: ca.crt}},"
                        + " {name: far, cluster: {certificate-authority: ../../ca.crt}}]"));
        Kubeconfig merged = Kubeconfig.empty(file()).merged(other);
        assertThat(merged.cluster("near").orElseThrow().fields().string("certificate-authority"))
                .contains("sub/ca.crt");
        assertThat(merged.cluster("far").orElseThrow().fields().string("certificate-authority"))
                .contains(dir.resolveSibling("ca.crt").toString());
    }

    @Test
    void refusesToMergeOverEntriesThatDifferUnlessAsked() {
        Kubeconfig mine = admin(file()).with(KubeconfigUser.named("mine").withToken("1"));
        Kubeconfig other = admin(dir.resolve("other"))
                .with(KubeconfigUser.named("default-admin").withToken("2"))
                .with(KubeconfigContext.of("new", "default-cluster", "default-admin"))
                .withCurrentContext("new");
        assertThatThrownBy(() -> mine.merged(other))
                .isInstanceOf(KubeconfigFailure.class)
                .hasMessage(file() + ": has the user default-admin already, with other content");
        Kubeconfig merged = mine.overwritten(other);
        assertThat(merged.user("default-admin").orElseThrow().fields().string("token"))
                .contains("2");
        assertThat(merged.user("mine")).isPresent();
        assertThat(merged.currentContext()).contains("default-system");
        assertThat(text(mine.merged(admin(dir.resolve("again"))))).isEqualTo(text(mine));
    }

    @Test
    void theFirstOfStackedFilesWins() {
        Kubeconfig first = Kubeconfig.parse(dir.resolve("1"), bytes("users: [{name: u, user: {token: first}}]"));
        Kubeconfig second = Kubeconfig.parse(
                dir.resolve("2"),
                bytes("current-context: b\nusers: [{name: u, user: {token: second, as: x}}, {name: v, user: {}}]"));
        Kubeconfig third = Kubeconfig.parse(dir.resolve("3"), bytes("current-context: c\n"));
        Kubeconfig stacked = Kubeconfig.stacked(file(), List.of(first, second, third));
        assertThat(stacked.currentContext()).contains("b");
        assertThat(stacked.users()).extracting(KubeconfigUser::name).containsExactly("u", "v");
        assertThat(stacked.user("u").orElseThrow().fields().string("token")).contains("first");
        assertThat(stacked.user("u").orElseThrow().fields().get("as")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'- a'|:1: is not a kubeconfig",
                "'kind: Pod'|:1: kind must be Config in a kubeconfig",
                "'kind: Config\napiVersion: v2'|:2: apiVersion must be v1 in a kubeconfig",
                "'users: x'|:1: users must be a list, not text",
                "'users:\n- name: a\n- name: a'|:3: users holds a user a twice",
                "'clusters:\n- cluster:\n    server: 1\n  name: c'|:3: clusters[c].server must be text, not a whole number",
                "'current-context: 1'|:1: current-context must be text, not a whole number",
                "'a: ['|:1: is not valid YAML",
            })
    void refusesWhatKubectlRefusesWithTheLine(String text, String message) {
        assertThatThrownBy(() -> Kubeconfig.parse(file(), bytes(text)))
                .isInstanceOf(KubeconfigFailure.class)
                .hasMessageStartingWith(file() + message);
    }

    @Test
    void namesTheFieldThatIsNotBase64() {
        KubeconfigUser user = Kubeconfig.parse(
                        file(), bytes("users:\n- name: u\n  user:\n    client-key-data: S0V_Z\n"))
                .user("u")
                .orElseThrow();
        assertThatThrownBy(user::clientKey).hasMessage(file() + ":4: users[u].client-key-data is not base64");
    }

    @Test
    void namesTheContextsThereAre() {
        assertThatThrownBy(() -> admin(file()).withCurrentContext("finance"))
                .hasMessage(file() + ": has no context named finance; it has default-system");
        assertThatThrownBy(() -> Kubeconfig.empty(file()).withoutUser("u"))
                .hasMessage(file() + ": has no user named u; it has none at all");
    }

    @Test
    void neverShowsASecret() {
        Kubeconfig config = admin(file()).with(KubeconfigUser.named("u").withToken("token-123"));
        String shown = config + " " + config.users() + " "
                + config.user("default-admin").orElseThrow().fields() + " "
                + config.user("default-admin").orElseThrow().clientKey() + " "
                + config.user("u").orElseThrow().entry();
        assertThat(shown).doesNotContain("S0VZCg", "KEY\n", "token-123");
    }

    private Path file() {
        return dir.resolve("config");
    }

    private static KubeconfigCluster cluster(String name) {
        return KubeconfigCluster.named(name).withServer("https://10.0.0.1:6443").withEmbeddedAuthority(CA);
    }

    private static Kubeconfig admin(Path file) {
        return Kubeconfig.of(
                file,
                cluster("default-cluster"),
                KubeconfigUser.named("default-admin").withEmbedded(CERTIFICATE, KEY),
                KubeconfigContext.of("default-system", "default-cluster", "default-admin"));
    }

    private static String text(Kubeconfig config) {
        return new String(config.encoded(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
