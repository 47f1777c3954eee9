package dev.kubepki.api.client.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class FollowingTest {
    private static final Kind MAPS = Kinds.load().stream()
            .filter(kind -> kind.resource().equals("configmaps"))
            .findFirst()
            .orElseThrow();
    private static final String GONE =
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"too old resource version\","
                    + "\"reason\":\"Expired\",\"code\":410}";

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final ClusterClient.Follower follower = new ClusterClient.Follower() {
        @Override
        public void present(ObjectNode object) {
            told.add("+" + line(object));
        }

        @Override
        public void gone(ObjectNode object) {
            told.add("-" + line(object));
        }
    };
    private ScriptedServer server;
    private RemoteCluster cluster;

    private static String line(ObjectNode object) {
        return object.path("kind").asString("") + " "
                + object.path("metadata").path("namespace").asString("") + "/"
                + object.path("metadata").path("name").asString("") + " "
                + object.path("metadata").path("uid").asString("") + " "
                + object.path("metadata").path("resourceVersion").asString("");
    }

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedServer();
        cluster = server.cluster();
    }

    @AfterEach
    void stop() {
        cluster.close();
        server.close();
    }

    private static String object(String name, String uid, int version) {
        return "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name
                + "\",\"namespace\":\"n\",\"uid\":\"" + uid + "\",\"resourceVersion\":\"" + version + "\"}}";
    }

    private static String list(String token, int version, String... objects) {
        return "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"" + version
                + "\",\"continue\":\"" + token + "\"},\"items\":[" + String.join(",", objects) + "]}";
    }

    private static String event(String type, String object) {
        return "{\"type\":\"" + type + "\",\"object\":" + object + "}\n";
    }

    private String next() throws InterruptedException {
        return String.valueOf(told.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void readsPagesThenEventsAndWatchesOnFromTheLastOfThem() throws Exception {
        server.answers(200, list("more", 5, object("a", "1", 3)));
        server.answers(200, list("", 5, object("b", "2", 4)));
        server.answers(200, event("ADDED", object("c", "3", 6)) + event("BOOKMARK", object("", "", 9)));
        server.answers(200, event("DELETED", object("a", "1", 10)));
        try (AutoCloseable _ = cluster.follow(MAPS, follower)) {
            assertThat(next()).isEqualTo("+ConfigMap n/a 1 3");
            assertThat(next()).isEqualTo("+ConfigMap n/b 2 4");
            assertThat(next()).isEqualTo("+ConfigMap n/c 3 6");
            assertThat(next()).isEqualTo("-ConfigMap n/a 1 10");
        }
        assertThat(server.requests.get(0)).isEqualTo("GET /api/v1/configmaps?limit=500");
        assertThat(server.requests.get(1)).isEqualTo("GET /api/v1/configmaps?limit=500&continue=more");
        assertThat(server.requests.get(2))
                .contains("watch=1", "allowWatchBookmarks=true", "resourceVersion=5&", "timeoutSeconds=");
        assertThat(server.requests.get(3)).contains("resourceVersion=9&");
    }

    @Test
    void findsOutWhatWentWhileHistoryWasLost() throws Exception {
        server.answers(200, list("", 5, object("a", "1", 3), object("b", "2", 4), object("c", "3", 5)));
        server.answers(200, event("ERROR", GONE));
        server.answers(200, list("", 20, object("b", "2", 4), object("c", "other", 15)));
        server.answers(200, event("MODIFIED", object("b", "2", 21)));
        try (AutoCloseable _ = cluster.follow(MAPS, follower)) {
            assertThat(told).hasSize(3);
            told.clear();
            assertThat(next()).as("another object of the same name").isEqualTo("-ConfigMap n/c 3 5");
            assertThat(next()).isEqualTo("+ConfigMap n/c other 15");
            assertThat(next()).as("no longer in the list").isEqualTo("-ConfigMap n/a 1 3");
            assertThat(next()).as("nothing twice").isEqualTo("+ConfigMap n/b 2 21");
        }
    }

    @Test
    void listsAllAtOnceWhenPagesTakeTooLong() throws Exception {
        server.answers(200, list("more", 5, object("a", "1", 3)));
        server.answers(410, GONE);
        server.answers(200, list("", 7, object("a", "1", 3), object("b", "2", 6)));
        try (AutoCloseable _ = cluster.follow(MAPS, follower)) {
            assertThat(told).containsExactly("+ConfigMap n/a 1 3", "+ConfigMap n/b 2 6");
        }
        assertThat(server.requests.get(2)).isEqualTo("GET /api/v1/configmaps");
    }

    @Test
    void goesOnAfterAStreamThatBreaksInTheMiddleOfAnEvent() throws Exception {
        server.answers(200, list("", 5));
        server.answers(200, event("ADDED", object("a", "1", 6)) + "{\"type\":\"ADD");
        server.answers(500, "no Status at all");
        server.answers(200, list("", 8, object("a", "1", 6), object("b", "2", 8)));
        try (AutoCloseable _ = cluster.follow(MAPS, follower)) {
            assertThat(next()).isEqualTo("+ConfigMap n/a 1 6");
            assertThat(next()).isEqualTo("+ConfigMap n/b 2 8");
        }
    }

    @Test
    void leavesTheFirstFailureToWhoeverAsked() {
        server.answers(403, "{\"kind\":\"Status\",\"reason\":\"Forbidden\",\"message\":\"no\",\"code\":403}");
        assertThatThrownBy(() -> cluster.follow(MAPS, follower))
                .isInstanceOfSatisfying(
                        ApiFailure.class, failure -> assertThat(failure.code()).isEqualTo(403))
                .hasMessage("no");
    }
}
