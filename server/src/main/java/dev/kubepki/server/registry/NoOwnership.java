package dev.kubepki.server.registry;

import dev.kubepki.api.failure.Failures;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Tracks nothing.
final class NoOwnership implements Ownership {
    @Override
    public void updated(@Nullable ObjectNode live, ObjectNode updated, Manager manager, Resource resource) {
        Metadata.of(updated).node().remove("managedFields");
    }

    @Override
    public ObjectNode applied(
            @Nullable ObjectNode live, JsonNode configuration, Manager manager, boolean force, Resource resource) {
        throw Failures.unsupportedPatchType();
    }
}
