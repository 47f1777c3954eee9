package dev.kubepki.api.client.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.client.ClusterUnreachable;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.pki.files.CredentialPlugin;
import dev.kubepki.pki.files.Kubeconfig;
import dev.kubepki.pki.files.KubeconfigUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
    private static final String REFUSED =
            "{\"kind\":\"Status\",\"reason\":\"Unauthorized\",\"message\":\"Unauthorized\",\"code\":401}";

    @TempDir
    private Path folder;

    private ScriptedServer server;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private KubeconfigUser plugin(String version, String script) throws IOException {
        Path program = folder.resolve("plugin");
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return KubeconfigUser.named("u")
                .with(new CredentialPlugin(
                        Optional.of(program.toString()),
                        Optional.of("client.authentication.k8s.io/" + version),
                        List.of("an argument"),
                        List.of("FOO=bar")));
    }

    private static String credential(String version, String status) {
        return "{\"apiVersion\":\"client.authentication.k8s.io/" + version
                + "\",\"kind\":\"ExecCredential\",\"status\":" + status + "}";
    }

    @Test
    void asksAPluginOnceAndAgainWhenItsTokenIsRefused() throws Exception {
        String script = "echo x >> " + folder.resolve("calls") + "\nn=$(wc -l < " + folder.resolve("calls") + ")\n"
                + "printf '%s' '" + credential("v1", "{\"token\":\"t-'$n'\"}") + "'\n";
        server.answers(200, "{}");
        server.answers(200, "{}");
        server.answers(401, REFUSED);
        server.answers(200, "{}");
        try (RemoteCluster cluster = server.cluster(plugin("v1", script))) {
            cluster.document("/version");
            cluster.document("/version");
            cluster.document("/version");
        }
        assertThat(server.tokens).containsExactly("Bearer t-1", "Bearer t-1", "Bearer t-1", "Bearer t-2");
    }

    @Test
    void asksAPluginAgainWhenItsTokenEnds() throws Exception {
        String script = "echo x >> " + folder.resolve("calls") + "\nprintf '%s' '"
                + credential("v1beta1", "{\"token\":\"t\",\"expirationTimestamp\":\"2020-01-01T00:00:00Z\"}") + "'\n";
        server.answers(200, "{}");
        server.answers(200, "{}");
        try (RemoteCluster cluster = server.cluster(plugin("v1beta1", script))) {
            cluster.document("/version");
            cluster.document("/version");
        }
        assertThat(Files.readAllLines(folder.resolve("calls"))).hasSize(2);
    }

    @Test
    void givesAPluginItsArgumentsItsEnvironmentAndWhatItIsFor() throws Exception {
        String script = "printf '%s|%s|%s' \"$1\" \"$FOO\" \"$KUBERNETES_EXEC_INFO\" > " + folder.resolve("seen")
                + "\nprintf '%s' '" + credential("v1", "{\"token\":\"t\"}") + "'\n";
        server.answers(200, "{}");
        try (RemoteCluster cluster = server.cluster(plugin("v1", script))) {
            cluster.document("/version");
        }
        assertThat(Files.readString(folder.resolve("seen")))
                .startsWith("an argument|bar|{")
                .contains("\"kind\":\"ExecCredential\"", "\"interactive\":false");
    }

    @Test
    void saysWhatIsWrongWithAPluginAndNeverWhatItAnswered() throws Exception {
        try (RemoteCluster cluster = server.cluster(plugin("v1", "echo very-secret; exit 3\n"))) {
            assertThatThrownBy(() -> cluster.document("/version"))
                    .isInstanceOf(ClusterUnreachable.class)
                    .hasMessageContaining("ended with code 3")
                    .hasMessageContaining("user u")
                    .hasMessageNotContaining("very-secret");
        }
        try (RemoteCluster cluster = server.cluster(plugin("v1", "echo very-secret\n"))) {
            assertThatThrownBy(() -> cluster.document("/version"))
                    .hasMessageContaining("no JSON")
                    .hasMessageNotContaining("very-secret");
        }
        KubeconfigUser old = plugin("v1alpha1", "");
        assertThatThrownBy(() -> server.cluster(old)).hasMessageContaining("v1alpha1");
    }

    @Test
    void readsATokenFileAgainWhenItsTokenIsRefused() throws Exception {
        Path token = folder.resolve("token");
        Files.writeString(token, "old\n");
        String text = "apiVersion: v1\nkind: Config\ncurrent-context: x\n"
                + "clusters: [{name: c, cluster: {server: '" + server.url() + "'}}]\n"
                + "users: [{name: u, user: {tokenFile: token, token: ignored}}]\n"
                + "contexts: [{name: x, context: {cluster: c, user: u}}]\n";
        Kubeconfig config = Kubeconfig.parse(folder.resolve("config"), text.getBytes(StandardCharsets.UTF_8));
        Target target = Target.of(config, Target.Choice.NONE, Map.of(), false, Clock.systemUTC());
        try (RemoteCluster cluster = RemoteCluster.connect(
                target, "test", java.time.Duration.ofSeconds(5), Clock.systemUTC(), new java.util.Random(1))) {
            server.answers(200, "{}");
            cluster.document("/version");
            Files.writeString(token, "new\n");
            server.answers(401, REFUSED);
            server.answers(200, "{}");
            cluster.document("/version");
            server.answers(401, REFUSED);
            assertThatThrownBy(() -> cluster.document("/version")).isInstanceOf(ApiFailure.class);
        }
        assertThat(server.tokens).containsExactly("Bearer old", "Bearer old", "Bearer new", "Bearer new");
    }

    @Test
    void waitsAsABusyServerWishes() {
        server.answers(429, "{\"kind\":\"Status\",\"code\":429,\"reason\":\"TooManyRequests\"}", "Retry-After", "1");
        server.answers(200, "{\"a\":1}");
        try (RemoteCluster cluster = server.cluster()) {
            assertThat(cluster.document("/version").path("a").asInt()).isEqualTo(1);
        }
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void knowsItsPodsCluster() throws Exception {
        Files.writeString(folder.resolve("token"), "of-the-pod\n");
        Files.writeString(folder.resolve("namespace"), "here\n");
        Map<String, String> pod = Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "443");
        Target target = Target.inCluster(pod, folder, Clock.systemUTC());
        assertThat(target.server()).hasToString("https://[fd00::1]:443");
        assertThat(target.namespace()).isEqualTo("here");
        assertThat(target.login().current().token()).map(Secret::text).contains("of-the-pod");
        assertThatThrownBy(() -> Target.inCluster(Map.of(), folder, Clock.systemUTC()))
                .isInstanceOf(ClusterUnreachable.class)
                .hasMessageContaining("--kubeconfig");
    }

    @Test
    void findsTheContextThatIsAskedFor() {
        Kubeconfig config = server.kubeconfig(folder.resolve("config"), KubeconfigUser.named("u"));
        Target target = Target.of(config, Target.Choice.NONE, Map.of(), false, Clock.systemUTC());
        assertThat(target.namespace()).isEqualTo("mine");
        Target.Choice none = Target.Choice.context(Optional.of("nowhere"));
        assertThatThrownBy(() -> Target.of(config, none, Map.of(), false, Clock.systemUTC()))
                .hasMessage(folder.resolve("config") + " has no context nowhere");
    }

    @Test
    void goesThroughTheProxyThatTheEnvironmentNames() {
        java.net.URI server = java.net.URI.create("https://api.example.com:6443");
        Map<String, String> proxy = Map.of("HTTPS_PROXY", "proxy:3128", "no_proxy", "other.com, .example.org");
        assertThat(ProxyVariables.proxy(proxy, server)).contains(java.net.URI.create("http://proxy:3128"));
        Map<String, String> except = Map.of("https_proxy", "http://proxy:3128", "NO_PROXY", "example.com");
        assertThat(ProxyVariables.proxy(except, server)).isEmpty();
        assertThat(ProxyVariables.proxy(proxy, java.net.URI.create("https://127.0.0.1:6443")))
                .isEmpty();
    }
}
