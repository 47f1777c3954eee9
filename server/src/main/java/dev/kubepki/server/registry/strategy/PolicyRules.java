package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.INVALID;
import static dev.kubepki.api.failure.FieldError.Type.REQUIRED;

import dev.kubepki.api.failure.FieldError;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of a Role or ClusterRole.
final class PolicyRules {
    private PolicyRules() {}

    static List<FieldError> validate(ObjectNode role, boolean namespaced) {
        List<FieldError> errors = new ArrayList<>();
        JsonNode rules = role.path("rules");
        for (int i = 0; i < rules.size(); i++) {
            validate(rules.get(i), "rules[" + i + "]", namespaced, errors);
        }
        return errors;
    }

    private static void validate(JsonNode rule, String field, boolean namespaced, List<FieldError> errors) {
        if (isEmpty(rule, "verbs")) {
            errors.add(FieldError.of(REQUIRED, field + ".verbs", "verbs must contain at least one value"));
        }
        if (!isEmpty(rule, "nonResourceURLs")) {
            paths(rule, field + ".nonResourceURLs", namespaced, errors);
            return;
        }
        if (isEmpty(rule, "apiGroups")) {
            errors.add(
                    FieldError.of(REQUIRED, field + ".apiGroups", "resource rules must supply at least one api group"));
        }
        if (isEmpty(rule, "resources")) {
            errors.add(
                    FieldError.of(REQUIRED, field + ".resources", "resource rules must supply at least one resource"));
        }
    }

    private static void paths(JsonNode rule, String field, boolean namespaced, List<FieldError> errors) {
        String value = rule.path("nonResourceURLs").toString();
        if (namespaced) {
            errors.add(FieldError.of(INVALID, field, value, "namespaced rules cannot apply to non-resource URLs"));
        }
        if (!isEmpty(rule, "apiGroups") || !isEmpty(rule, "resources") || !isEmpty(rule, "resourceNames")) {
            errors.add(FieldError.of(
                    INVALID, field, value, "rules cannot apply to both regular resources and non-resource URLs"));
        }
    }

    private static boolean isEmpty(JsonNode rule, String list) {
        return rule.path(list).isEmpty();
    }
}
