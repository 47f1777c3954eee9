package dev.kubepki.api.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.kind.GroupVersion;
import dev.kubepki.api.kind.Kinds;
import dev.kubepki.api.kind.RuntimeConfig;
import dev.kubepki.api.kind.ServedKinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Compares with what a real Kubernetes 1.36 answered, where the folder of recordings is at hand.
@EnabledIfSystemProperty(named = "kubepki.golden", matches = ".+")
class RecordedDiscoveryTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private final Path golden = Path.of(System.getProperty("kubepki.golden", ""));
    private final Discovery discovery = new Discovery(ServedKinds.of(Kinds.load(), RuntimeConfig.DEFAULT));

    @Test
    void aggregatesAsKubernetesDoes() throws IOException {
        assertThat(discovery.aggregatedCore("v2").toPrettyString())
                .isEqualTo(read("discovery/aggregated-api.json").toPrettyString());
        assertThat(discovery.aggregatedGroups("v2").toPrettyString())
                .isEqualTo(read("discovery/aggregated-apis.json").toPrettyString());
    }

    @Test
    void listsResourcesAsKubernetesDoes() throws IOException {
        int compared = 0;
        for (JsonNode recorded : documents("APIResourceList")) {
            GroupVersion groupVersion =
                    GroupVersion.parse(recorded.get("groupVersion").stringValue());
            JsonNode ours = discovery.resources(groupVersion).orElseThrow();
            forgetStoredVersionOfDefinitions(recorded);
            forgetStoredVersionOfDefinitions(ours);
            assertThat(ours.toPrettyString()).isEqualTo(recorded.toPrettyString());
            compared++;
        }
        assertThat(compared).isGreaterThan(30);
    }

    @Test
    void listsGroupsAsKubernetesDoes() throws IOException {
        List<JsonNode> recorded = documents("APIGroupList");

        assertThat(recorded).isNotEmpty();
        assertThat(discovery.groups().toPrettyString())
                .isEqualTo(recorded.getFirst().toPrettyString());
    }

    /// Kubernetes keeps definitions in v1beta1, which it no longer serves; here they are kept as they are spoken of.
    private static void forgetStoredVersionOfDefinitions(JsonNode resources) {
        for (JsonNode resource : resources.get("resources")) {
            if (resource.get("name").stringValue().equals("customresourcedefinitions")) {
                ((ObjectNode) resource).remove("storageVersionHash");
            }
        }
    }

    private JsonNode read(String file) {
        return JSON.readTree(golden.resolve(file).toFile());
    }

    private List<JsonNode> documents(String kind) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (String line : Files.readAllLines(golden.resolve("kubectl/v1.20/02-api-resources.jsonl"))) {
            JsonNode response = JSON.readTree(line).path("response");
            if (response.path("kind").asString("").equals(kind)) {
                found.add(response);
            }
        }
        return found;
    }
}
