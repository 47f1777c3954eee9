package dev.kubepki.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.api.schema.Field.ListType;
import dev.kubepki.api.schema.Field.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The schema says of each field what a cluster's OpenAPI documents say of it. The folder of the recordings is named by
/// `-Dkubepki.golden=DIR`.
@EnabledIfSystemProperty(named = PublishedSchemasTest.FOLDER, matches = ".+")
final class PublishedSchemasTest {
    static final String FOLDER = "kubepki.golden";

    private final Schema schema = Schemas.load();
    private final List<String> differences = new ArrayList<>();
    private int compared;

    @Test
    void fieldsAreWhatTheClusterPublishes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty(FOLDER, ""), "discovery"))) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("openapi-v3-"))
                    .toList()) {
                JsonNode document = JsonMapper.shared().readTree(Files.readAllBytes(file));
                document.at("/components/schemas").properties().forEach(this::compare);
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(400);
    }

    private void compare(Map.Entry<String, JsonNode> published) {
        String name = published
                .getKey()
                .replaceFirst("^io\\.k8s\\.", "k8s.io.")
                .replace("k8s.io.apiextensions-", "k8s.io.apiextensions_");
        MessageType type;
        try {
            type = schema.message(name);
        } catch (IllegalArgumentException _) {
            return;
        }
        for (JsonNode required : published.getValue().path("required")) {
            Field field = type.field(required.asString());
            if (name.endsWith(".TokenReviewSpec")) {
                // The one field that must be given and yet is left out when it is empty.
                continue;
            }
            same(name + "." + required.asString() + " required", field != null && field.required(), true);
        }
        for (Map.Entry<String, JsonNode> property :
                published.getValue().path("properties").properties()) {
            boolean meta = type.kind() && List.of("kind", "apiVersion").contains(property.getKey());
            Field field = type.field(property.getKey());
            if (field != null) {
                compared++;
                compare(name + "." + field.name(), field, property.getValue());
            } else if (!meta) {
                differences.add(name + "." + property.getKey() + " is missing");
            }
        }
    }

    private void compare(String where, Field field, JsonNode published) {
        String listType = published.path("x-kubernetes-list-type").asString("atomic");
        same(where + " list type", field.listType().name().toLowerCase(Locale.ROOT), listType);
        List<String> keys = published
                .path("x-kubernetes-list-map-keys")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        same(where + " list keys", field.listKeys(), keys);
        String strategy = published.path("x-kubernetes-patch-strategy").asString("");
        same(where + " merges", field.merges(), strategy.contains("merge"));
        String key = published.path("x-kubernetes-patch-merge-key").asString("");
        same(where + " merge key", field.mergeKey() == null ? "" : field.mergeKey(), key);
        boolean list = published.path("type").asString("").equals("array") && !published.has("additionalProperties");
        same(where + " shape", field.shape() == Shape.LIST || isBytes(field), list || isBytes(field));
        if (published.path("x-kubernetes-map-type").asString("").equals("atomic")) {
            same(where + " atomic", field.atomic(), true);
        }
        assertThat(field.listType() == ListType.ATOMIC || field.shape() == Shape.LIST)
                .isTrue();
    }

    private static boolean isBytes(Field field) {
        return field.type() instanceof FieldType.Scalar(ScalarType type) && type == ScalarType.BYTES;
    }

    private void same(String what, Object ours, Object published) {
        if (!ours.equals(published)) {
            differences.add(what + ": " + ours + " and not " + published);
        }
    }
}
