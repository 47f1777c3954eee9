package dev.kubepki.server.registry;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The times in managed fields: a write that would change nothing else stores nothing.
final class FieldTimes {
    private static final String FIELDS = "managedFields";

    private FieldTimes() {}

    /// Whether the owners of fields differ in times alone.
    static boolean differInTimesOnly(ObjectNode updated, ObjectNode live) {
        if (!(updated.path("metadata").get(FIELDS) instanceof ArrayNode now)
                || !(live.path("metadata").get(FIELDS) instanceof ArrayNode before)
                || now.size() != before.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            if (!sameButTime(now.get(i), before.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameButTime(JsonNode one, JsonNode other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> entry : one.properties()) {
            JsonNode value = other.get(entry.getKey());
            if (value == null
                    || (!entry.getKey().equals("time") && !entry.getValue().equals(value))) {
                return false;
            }
        }
        return true;
    }

    /// Gives an object the managed fields of another.
    static void take(ObjectNode to, ObjectNode from) {
        Metadata.of(to).node().set(FIELDS, from.path("metadata").path(FIELDS));
    }
}
