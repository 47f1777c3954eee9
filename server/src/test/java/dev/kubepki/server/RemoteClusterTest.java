package dev.kubepki.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.client.ClusterUnreachable;
import dev.kubepki.api.client.remote.RemoteCluster;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.pki.files.Kubeconfig;
import dev.kubepki.pki.files.KubeconfigCluster;
import dev.kubepki.pki.files.KubeconfigUser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteClusterTest extends ClusterClientContract {
    @TempDir
    private static Path folder;

    private static RunningServer server;
    private static RemoteCluster administrator;

    @BeforeAll
    static void start() throws Exception {
        server = new RunningServer(folder);
        administrator = server.administrator();
    }

    @AfterAll
    static void stop() {
        administrator.close();
        server.close();
    }

    @Override
    ClusterClient client() {
        return administrator;
    }

    @Test
    void goesOnWhenTheServerWasAway() throws Exception {
        administrator.create(MAPS, map("stays", "1"));
        Told told = new Told();
        try (AutoCloseable _ = administrator.follow(MAPS, told)) {
            assertThat(told.lines).contains("+stays1");
            told.lines.clear();
            server.restart();
            administrator.create(MAPS, map("later", "1"));
            assertThat(told.next()).isEqualTo("+later1");
        }
    }

    @Test
    void passesOnWhatTheServerRefuses() {
        Kubeconfig config = server.kubeconfig("nobody", "nothing");
        try (RemoteCluster nobody = RunningServer.cluster(config)) {
            assertThatThrownBy(() -> nobody.create(MAPS, map("x", "")))
                    .isInstanceOfSatisfying(
                            ApiFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(403))
                    .hasMessageContaining("User \"nobody\" cannot create resource \"configmaps\"");
        }
    }

    @Test
    void knowsTheServerByAnotherNameThanItsAddress() {
        Kubeconfig config = server.kubeconfig("admin", "system:masters");
        KubeconfigCluster cluster = config.cluster("c").orElseThrow();
        try (RemoteCluster named = RunningServer.cluster(config.with(cluster.withTlsServerName("localhost")))) {
            assertThat(named.document("/version").path("major").asString("")).isEqualTo("1");
        }
        try (RemoteCluster wrong = RunningServer.cluster(config.with(cluster.withTlsServerName("other.example")))) {
            assertThatThrownBy(() -> wrong.document("/version"))
                    .isInstanceOf(ClusterUnreachable.class)
                    .hasMessageContaining("other.example");
        }
    }

    @Test
    void refusesAServerThatTheCaDoesNotKnow() throws Exception {
        Kubeconfig config = server.kubeconfig("admin", "system:masters");
        try (RunningServer other = new RunningServer(folder.resolve("other"))) {
            String url = "https://127.0.0.1:" + other.port();
            KubeconfigCluster cluster = config.cluster("c").orElseThrow().withServer(url);
            try (RemoteCluster foreign = RunningServer.cluster(config.with(cluster))) {
                assertThatThrownBy(() -> foreign.document("/version"))
                        .isInstanceOf(ClusterUnreachable.class)
                        .hasMessageContaining("its certificate is not taken");
            }
            try (RemoteCluster blind = RunningServer.cluster(config.with(cluster.withoutVerification()))) {
                assertThatThrownBy(() -> blind.document("/version"))
                        .isInstanceOf(ApiFailure.class)
                        .hasMessage("Unauthorized");
            }
        }
    }

    @Test
    void saysThatNothingListens() {
        Kubeconfig config = server.kubeconfig("admin", "system:masters");
        KubeconfigCluster cluster = config.cluster("c").orElseThrow().withServer("https://127.0.0.1:1");
        try (RemoteCluster away = RunningServer.cluster(config.with(cluster))) {
            assertThatThrownBy(() -> away.document("/version"))
                    .isInstanceOf(ClusterUnreachable.class)
                    .hasMessage("https://127.0.0.1:1 can't be reached: nothing listens there");
        }
    }

    @Test
    void neverTakesAPassword() {
        Kubeconfig config = server.kubeconfig("admin", "system:masters");
        KubeconfigUser user = config.user("u").orElseThrow().withUsername("bob").withPassword("hunter2");
        assertThatThrownBy(() -> RunningServer.cluster(config.with(user)))
                .isInstanceOf(ClusterUnreachable.class)
                .hasMessageContaining("no longer take")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void tellsATokenToNobody() {
        Kubeconfig config = server.kubeconfig("admin", "system:masters");
        KubeconfigUser user = KubeconfigUser.named("u").withToken("very-secret");
        try (RemoteCluster cluster = RunningServer.cluster(config.with(user))) {
            assertThatThrownBy(() -> cluster.document("/api/v1/namespaces"))
                    .isInstanceOfSatisfying(
                            ApiFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(401));
            assertThat(cluster.toString().getBytes(StandardCharsets.UTF_8))
                    .asString()
                    .doesNotContain("very-secret");
        }
    }
}
