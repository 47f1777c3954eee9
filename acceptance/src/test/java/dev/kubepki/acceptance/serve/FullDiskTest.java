package dev.kubepki.acceptance.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A disk on which nothing has room: what must be written is refused with a reason, and all else goes on.
class FullDiskTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final int MOST = 200;

    @TempDir
    private static Path folder;

    private static ObjectNode map(int number, int size) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        map.put("kind", "ConfigMap").put("apiVersion", "v1");
        map.putObject("metadata").put("name", "map-" + number);
        map.putObject("data").put("a", "x".repeat(size));
        return map;
    }

    @Test
    void writesAreRefusedUntilThereIsRoomAgain() throws Exception {
        try (Server server = Server.startOnSmallDisk(folder, 48);
                Caller admin = Caller.admin(server, folder, HttpClient.Version.HTTP_1_1)) {
            Path ballast = server.data().resolve("ballast");
            Files.write(ballast, new byte[24 * 1024 * 1024]);
            int written = 0;
            Caller.Answer answer = admin.post(MAPS, map(written, 500_000));
            while (answer.status() == 201 && written < MOST) {
                written++;
                answer = admin.post(MAPS, map(written, 500_000));
            }
            assertThat(written).isBetween(1, MOST - 1);
            assertThat(answer.status()).as("%s", answer.body()).isEqualTo(503);
            assertThat(answer.body().get("reason").asString()).isEqualTo("ServiceUnavailable");
            assertThat(answer.body().get("message").asString()).containsAnyOf("full", "space");
            assertThat(admin.get(MAPS + "/map-0").status()).isEqualTo(200);
            assertThat(admin.get(MAPS + "?limit=2").status()).isEqualTo(200);
            assertThat(admin.get(MAPS + "/map-" + written).status()).isEqualTo(404);
            Files.delete(ballast);
            assertThat(admin.post(MAPS, map(written, 500_000)).status()).isEqualTo(201);
            assertThat(admin.get(MAPS + "/map-" + written).status()).isEqualTo(200);
        }
    }
}
