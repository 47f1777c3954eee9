package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.INVALID;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.registry.Strategy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Namespace: alive until its last finalizer is gone, by an endpoint of its own.
final class NamespaceStrategy implements Strategy {
    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";
    private static final String FINALIZER = "kubernetes";

    @Override
    public List<FieldError> validateName(String name, String field) {
        return DnsNames.label(name).stream()
                .map(fault -> FieldError.of(INVALID, field, Rendering.quote(name), fault))
                .toList();
    }

    @Override
    public void defaults(ObjectNode object, String version) {
        Trees.child(object, "spec");
        Trees.child(object, "status");
        String name = Trees.text(object, "metadata", "name");
        if (!name.isEmpty()) {
            Trees.child(Trees.child(object, "metadata"), "labels").put(NAME_LABEL, name);
        }
    }

    @Override
    public void prepareForCreate(ObjectNode object, Context context) {
        object.putObject("status").put("phase", "Active");
        ObjectNode spec = Trees.child(object, "spec");
        ArrayNode finalizers = spec.withArray("finalizers");
        if (!Trees.texts(finalizers).contains(FINALIZER)) {
            finalizers.add(FINALIZER);
        }
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode old, Context context) {
        switch (context.call().subresource()) {
            case "status" -> updated.set("spec", Trees.child(old, "spec"));
            case "finalize" -> updated.set("status", Trees.child(old, "status"));
            default -> {
                JsonNode finalizers = old.path("spec").get("finalizers");
                Trees.copy(Trees.child(updated, "spec"), "finalizers", finalizers);
                updated.set("status", Trees.child(old, "status"));
            }
        }
    }

    @Override
    public void admit(Operation operation, @Nullable ObjectNode object, @Nullable ObjectNode old, Context context) {
        String name = context.call().name();
        if (operation == Operation.DELETE && IMMORTAL.contains(name)) {
            throw Failures.forbidden(context.call().kind().resource(), name, "this namespace may not be deleted");
        }
    }

    @Override
    public boolean staysWhileDeleting(ObjectNode object) {
        boolean stays = !object.path("spec").path("finalizers").isEmpty();
        if (stays) {
            Trees.child(object, "status").put("phase", "Terminating");
        }
        return stays;
    }

    @Override
    public Set<String> resetFields(String subresource) {
        return switch (subresource) {
            case "status" -> Set.of("spec");
            case "finalize" -> Set.of("status");
            default -> Set.of("status");
        };
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        return Map.of("status.phase", Trees.text(object, "status", "phase"));
    }

    @Override
    public Set<String> fieldLabels() {
        return Set.of("status.phase");
    }

    @Override
    public boolean ownFieldLabels() {
        return true;
    }
}
