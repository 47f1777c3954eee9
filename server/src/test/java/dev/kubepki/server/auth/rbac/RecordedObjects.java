package dev.kubepki.server.auth.rbac;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The roles and bindings of a running Kubernetes 1.36, one a line.
final class RecordedObjects {
    static final List<ObjectNode> ALL = read();

    private RecordedObjects() {}

    static ObjectNode json(String text) {
        return (ObjectNode) new JsonMapper().readTree(text.replace('\'', '"'));
    }

    static List<ObjectNode> ofKind(String kind) {
        return ALL.stream()
                .filter(o -> o.path("kind").asString("").equals(kind))
                .toList();
    }

    private static List<ObjectNode> read() {
        try (InputStream in = RecordedObjects.class.getResourceAsStream("recorded.jsonl")) {
            JsonMapper mapper = new JsonMapper();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> (ObjectNode) mapper.readTree(line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
