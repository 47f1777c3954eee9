package dev.kubepki.server.patch;

import dev.kubepki.api.failure.Failures;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// RFC 7386. As in the Kubernetes API, nulls are also taken out of the objects inside a new array.
public final class MergePatch {
    private MergePatch() {}

    /// The patched copy of an object.
    ///
    /// @throws dev.kubepki.api.failure.ApiFailure 400 for what is no object
    public static ObjectNode apply(ObjectNode object, JsonNode patch) {
        ObjectNode merged = object.deepCopy();
        merge(merged, decode(patch));
        return merged;
    }

    private static ObjectNode decode(JsonNode patch) {
        if (patch instanceof ObjectNode object) {
            return object;
        }
        throw Failures.badRequest(
                patch.isNull()
                        ? "Invalid JSON Patch"
                        : "error decoding patch: json: cannot unmarshal " + GoText.json(patch)
                                + " into Go value of type map[string]interface {}");
    }

    private static void merge(ObjectNode target, ObjectNode patch) {
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                target.remove(name);
            } else if (value instanceof ObjectNode change && target.get(name) instanceof ObjectNode inner) {
                merge(inner, change);
            } else {
                target.set(name, withoutNulls(value.deepCopy()));
            }
        }
    }

    private static JsonNode withoutNulls(JsonNode value) {
        if (value instanceof ObjectNode object) {
            List<String> nulls = object.properties().stream()
                    .filter(entry -> entry.getValue().isNull())
                    .map(Map.Entry::getKey)
                    .toList();
            object.remove(nulls);
            object.forEach(MergePatch::withoutNulls);
        } else if (value instanceof ArrayNode array) {
            array.forEach(MergePatch::withoutNulls);
        }
        return value;
    }
}
