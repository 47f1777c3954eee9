package dev.kubepki.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import dev.kubepki.api.kind.RuntimeConfig;
import dev.kubepki.api.kind.ServedKinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Compares with what a real Kubernetes 1.36 answered, where the folder of recordings is at hand.
@EnabledIfSystemProperty(named = "kubepki.golden", matches = ".+")
class RecordedTablesTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void hasTheColumnsOfKubernetes() throws IOException {
        Path scenarios = Path.of(System.getProperty("kubepki.golden", ""), "http", "scenarios.jsonl");
        ServedKinds kinds = ServedKinds.of(Kinds.load(), RuntimeConfig.DEFAULT);
        int compared = 0;
        for (String line : Files.readAllLines(scenarios)) {
            JsonNode scenario = JSON.readTree(line);
            JsonNode recorded = scenario.path("response");
            if (recorded.path("kind").asString("").equals("Table")) {
                String[] path = scenario.get("path").stringValue().split("[/?]", -1);
                Kind kind = kinds.resource(new GroupVersion(path[2], path[3]), path[4])
                        .orElseThrow();
                ObjectNode ours = new Tables(kind, path[3], "v1", IncludeObject.METADATA)
                        .list(JSON.createObjectNode(), List.of(), Instant.EPOCH);
                assertThat(columns(ours)).isEqualTo(columns(recorded));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(3);
    }

    /// Descriptions are our own.
    private static JsonNode columns(JsonNode table) {
        for (JsonNode column : table.get("columnDefinitions")) {
            assertThat(((ObjectNode) column).remove("description").stringValue())
                    .isNotEmpty();
        }
        return table.get("columnDefinitions");
    }
}
