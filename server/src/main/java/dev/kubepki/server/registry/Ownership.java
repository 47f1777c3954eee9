package dev.kubepki.server.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Keeps `metadata.managedFields`: who manages which fields.
interface Ownership {
    /// Who writes.
    ///
    /// @param name of the field manager
    /// @param subresource empty for the main resource
    record Manager(String name, String subresource, Instant now) {}

    /// Notes in a new or updated object what the manager changed against the live one.
    void updated(@Nullable ObjectNode live, ObjectNode updated, Manager manager, Resource resource);

    /// The live object with a configuration applied to it.
    ///
    /// @throws dev.kubepki.api.failure.ApiFailure 409 when others manage fields in it
    ObjectNode applied(
            @Nullable ObjectNode live, JsonNode configuration, Manager manager, boolean force, Resource resource);
}
