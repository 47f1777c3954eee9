package dev.kubepki.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.kind.Kinds;
import dev.kubepki.api.kind.RuntimeConfig;
import dev.kubepki.api.kind.ServedKinds;
import dev.kubepki.api.schema.Schemas;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Compares with what a real Kubernetes 1.36 answered, where the folder of recordings is at hand.
@EnabledIfSystemProperty(named = "kubepki.golden", matches = ".+")
class RecordedOpenApiTest {
    /// Parameters of Kubernetes that no stable feature needs; they are not offered here.
    private static final Set<String> NOT_OFFERED =
            Set.of("shardSelector", "ignoreStoreReadErrorWithClusterBreakingPotential");

    /// What the strategies say and the schema need not.
    private static final Set<String> LEFT_OUT = Set.of(
            ".io.k8s.api.certificates.v1.CertificateSigningRequestSpec.properties.usages.items.enum",
            ".io.k8s.api.certificates.v1beta1.PodCertificateRequestSpec.properties.maxExpirationSeconds.default");

    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "certificates.k8s.io_v1",
                "certificates.k8s.io_v1beta1",
                "certificates.k8s.io_v1alpha1",
                "rbac.authorization.k8s.io_v1",
                "authentication.k8s.io_v1",
                "authorization.k8s.io_v1",
                "coordination.k8s.io_v1",
                "events.k8s.io_v1"
            })
    void describesAsKubernetesDoes(String groupVersion) {
        Path golden = Path.of(System.getProperty("kubepki.golden", ""), "discovery");
        OpenApi api = new OpenApi(ServedKinds.of(Kinds.load(), RuntimeConfig.DEFAULT), Schemas.load(), "v1.36.2");
        JsonNode recorded = JSON.readTree(
                golden.resolve("openapi-v3-" + groupVersion + ".json").toFile());
        JsonNode ours = JSON.readTree(
                api.v3("apis/" + groupVersion.replace('_', '/')).orElseThrow().bytes());

        Set<String> divergences = new TreeSet<>();
        compare("", normal(recorded.get("paths")), normal(ours.get("paths")), divergences);
        compare("", normal(recorded.at("/components/schemas")), normal(ours.at("/components/schemas")), divergences);
        divergences.removeIf(text -> LEFT_OUT.stream().anyMatch(text::startsWith));

        assertThat(divergences).isEmpty();
    }

    /// Without descriptions, parameters that are not offered, and the order of keys and required fields.
    private static JsonNode normal(JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                if (!entry.getKey().equals("description") || !entry.getValue().isString()) {
                    sorted.put(entry.getKey(), normal(entry.getValue()));
                }
            }
            ObjectNode object = JSON.createObjectNode();
            sorted.forEach(object::set);
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JSON.createArrayNode();
            node.valueStream()
                    .filter(each -> !NOT_OFFERED.contains(each.path("name").asString("")))
                    .map(RecordedOpenApiTest::normal)
                    .sorted(Comparator.comparing(JsonNode::toString))
                    .forEach(array::add);
            return array;
        }
        return node;
    }

    private static void compare(String path, JsonNode recorded, JsonNode ours, Set<String> divergences) {
        if (!recorded.isObject() || !ours.isObject()) {
            if (!recorded.equals(ours)) {
                divergences.add(path + ": " + recorded + " but here " + ours);
            }
            return;
        }
        Set<String> keys = new HashSet<>(recorded.propertyNames());
        keys.addAll(ours.propertyNames());
        for (String key : keys) {
            compare(path + "." + key, recorded.path(key), ours.path(key), divergences);
        }
    }
}
