package dev.kubepki.server.registry;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.FieldError.Type;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.api.kind.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of kinds that are only kept: a name is a DNS subdomain, and a status is written through its own endpoint
/// and nothing else there.
final class KnownKind implements Strategy {
    private static final String STATUS = "status";

    private final boolean hasStatus;

    KnownKind(Kind kind) {
        this.hasStatus = kind.subresources().stream()
                .anyMatch(subresource -> subresource.name().equals(STATUS));
    }

    @Override
    public List<FieldError> validateName(String name, String field) {
        return NameRules.dnsSubdomain(name).stream()
                .map(complaint -> FieldError.of(Type.INVALID, field, Rendering.quote(name), complaint))
                .toList();
    }

    @Override
    public void prepareForCreate(ObjectNode object, Context context) {
        if (hasStatus) {
            object.remove(STATUS);
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

    private static void set(ObjectNode object, @Nullable JsonNode status) {
        if (status == null) {
            object.remove(STATUS);
        } else {
            object.set(STATUS, status.deepCopy());
        }
    }

    @Override
    public Set<String> resetFields(String subresource) {
        if (!hasStatus) {
            return Set.of();
        }
        return Set.of(subresource.equals(STATUS) ? "spec" : STATUS);
    }
}
