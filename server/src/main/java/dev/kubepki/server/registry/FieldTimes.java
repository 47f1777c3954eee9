package dev.kubepki.server.registry;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Compares objects but for the times of their managed fields: a write that changes nothing else is none.
final class FieldTimes {
    private FieldTimes() {}

    static boolean sameButForTimes(ObjectNode updated, ObjectNode live) {
        if (Trees.same(updated, live)) {
            return true;
        }
        if (!(updated.path("metadata").get("managedFields") instanceof ArrayNode now)
                || !(live.path("metadata").get("managedFields") instanceof ArrayNode before)
                || now.size() != before.size()) {
            return false;
        }
        ObjectNode copy = updated.deepCopy();
        ArrayNode fields = (ArrayNode) copy.path("metadata").path("managedFields");
        for (int i = 0; i < fields.size(); i++) {
            JsonNode time = before.get(i).get("time");
            if (time != null && fields.get(i) instanceof ObjectNode entry && entry.has("time")) {
                entry.set("time", time);
            }
        }
        return Trees.same(copy, live);
    }
}
