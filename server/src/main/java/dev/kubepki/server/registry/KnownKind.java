package dev.kubepki.server.registry;

import dev.kubepki.api.kind.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of kinds that are only kept: a status is written through its own endpoint, and nothing else there.
final class KnownKind implements Strategy {
    private static final String STATUS = "status";

    private final boolean hasStatus;

    KnownKind(Kind kind) {
        this.hasStatus = kind.subresources().stream()
                .anyMatch(subresource -> subresource.name().equals(STATUS));
    }

    @Override
    public void prepareForCreate(ObjectNode object, Context context) {
        if (hasStatus) {
            object.putObject(STATUS);
        }
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode old, Context context) {
        if (!hasStatus) {
            return;
        }
        if (context.call().subresource().equals(STATUS)) {
            JsonNode metadata = updated.get("metadata");
            JsonNode status = updated.get(STATUS);
            updated.removeAll();
            updated.setAll(old.deepCopy());
            updated.set("metadata", metadata);
            set(updated, status);
        } else {
            set(updated, old.get(STATUS));
        }
    }

    private static void set(ObjectNode object, JsonNode status) {
        if (status == null) {
            object.remove(STATUS);
        } else {
            object.set(STATUS, status.deepCopy());
        }
    }
}
