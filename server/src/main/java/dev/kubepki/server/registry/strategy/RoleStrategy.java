package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.REQUIRED;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.server.auth.rbac.Escalation;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.registry.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Role and ClusterRole: nobody writes a rule whose permissions he lacks.
///
/// @param namespaced whether it is a Role
record RoleStrategy(boolean namespaced, Escalation escalation) implements Strategy {
    @Override
    public void mutate(Operation operation, ObjectNode object, @Nullable ObjectNode old, Context context) {
        if (operation == Operation.DELETE) {
            return;
        }
        boolean aggregation = differs("aggregationRule", object, old);
        if (aggregation || old == null || differs("rules", object, old)) {
            // The URL of a POST has no name, whatever the body says.
            String requestName =
                    operation == Operation.CREATE ? "" : context.call().name();
            Trees.placeWhereTheUrlSays(object, context);
            escalation.checkRole(context.call().user(), object, requestName, aggregation);
        }
    }

    private static boolean differs(String field, ObjectNode object, @Nullable ObjectNode old) {
        JsonNode before = old == null ? Trees.missing() : old.path(field);
        return !before.equals(object.path(field));
    }

    @Override
    public List<FieldError> validate(ObjectNode object, Context context) {
        List<FieldError> errors = new ArrayList<>(PolicyRules.validate(object, namespaced));
        JsonNode aggregation = object.path("aggregationRule");
        if (!aggregation.isMissingNode()
                && aggregation.path("clusterRoleSelectors").isEmpty()) {
            errors.add(FieldError.of(
                    REQUIRED,
                    "aggregationRule.clusterRoleSelectors",
                    "at least one clusterRoleSelector required if aggregationRule is non-nil"));
        }
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode old, Context context) {
        return validate(updated, context);
    }
}
