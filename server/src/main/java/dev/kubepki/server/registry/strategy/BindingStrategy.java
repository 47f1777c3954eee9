package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.INVALID;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.server.auth.rbac.Escalation;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.registry.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// RoleBinding and ClusterRoleBinding: nobody binds a role whose permissions he lacks, and a binding never changes its
/// role.
///
/// @param namespaced whether it is a RoleBinding
record BindingStrategy(boolean namespaced, Escalation escalation) implements Strategy {
    @Override
    public void defaults(ObjectNode object, String version) {
        BindingRules.defaults(object);
    }

    @Override
    public void mutate(Operation operation, ObjectNode object, @Nullable ObjectNode old, Context context) {
        boolean changed = old == null
                || !old.path("roleRef").equals(object.path("roleRef"))
                || !old.path("subjects").equals(object.path("subjects"));
        if (operation != Operation.DELETE && changed) {
            Trees.placeWhereTheUrlSays(object, context);
            escalation.checkBinding(context.call().user(), object);
        }
    }

    @Override
    public List<FieldError> validate(ObjectNode object, Context context) {
        return BindingRules.validate(object, namespaced);
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode old, Context context) {
        List<FieldError> errors = new ArrayList<>(validate(updated, context));
        JsonNode role = updated.path("roleRef");
        if (!role.equals(old.path("roleRef"))) {
            errors.add(FieldError.of(INVALID, "roleRef", shown(role), "cannot change roleRef"));
        }
        return errors;
    }

    /// The fields under the names that they have in the message.
    private static String shown(JsonNode role) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("APIGroup", Trees.text(role, "apiGroup"));
        shown.put("Kind", Trees.text(role, "kind"));
        shown.put("Name", Trees.text(role, "name"));
        return shown.toString();
    }
}
