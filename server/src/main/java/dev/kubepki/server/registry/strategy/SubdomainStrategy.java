package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.INVALID;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.registry.Strategy;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// A kind whose only rule of its own is the name: ServiceAccount, Node.
///
/// @param hasStatus whether the status has an endpoint of its own, and nothing else changes it
record SubdomainStrategy(boolean hasStatus) implements Strategy {
    @Override
    public List<FieldError> validateName(String name, String field) {
        return DnsNames.subdomain(name).stream()
                .map(fault -> FieldError.of(INVALID, field, Rendering.quote(name), fault))
                .toList();
    }

    @Override
    public void prepareForCreate(ObjectNode object, Context context) {
        if (hasStatus && !object.path("kind").asString("").equals("Node")) {
            object.remove("status");
        }
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode old, Context context) {
        if (!hasStatus) {
            return;
        }
        if (context.call().subresource().equals("status")) {
            for (String field : Set.copyOf(old.propertyNames())) {
                if (!field.equals("status") && !field.equals("metadata")) {
                    updated.set(field, old.get(field));
                }
            }
        } else {
            Trees.copy(updated, "status", old.get("status"));
        }
    }

    @Override
    public Set<String> resetFields(String subresource) {
        if (!hasStatus) {
            return Set.of();
        }
        return subresource.equals("status") ? Set.of("spec") : Set.of("status");
    }
}
