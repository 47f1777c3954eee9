package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.INVALID;
import static dev.kubepki.api.failure.FieldError.Type.NOT_SUPPORTED;
import static dev.kubepki.api.failure.FieldError.Type.REQUIRED;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The reference and the subjects of a RoleBinding or ClusterRoleBinding.
final class BindingRules {
    static final String GROUP = "rbac.authorization.k8s.io";
    private static final List<String> SUBJECT_KINDS = List.of("ServiceAccount", "User", "Group");

    private BindingRules() {}

    static void defaults(ObjectNode binding) {
        if (binding.get("roleRef") instanceof ObjectNode role
                && Trees.text(role, "apiGroup").isEmpty()) {
            role.put("apiGroup", GROUP);
        }
        for (JsonNode node : Trees.list(binding, "subjects")) {
            String kind = Trees.text(node, "kind");
            boolean person = kind.equals("User") || kind.equals("Group");
            if (node instanceof ObjectNode subject
                    && person
                    && Trees.text(subject, "apiGroup").isEmpty()) {
                subject.put("apiGroup", GROUP);
            }
        }
    }

    static List<FieldError> validate(ObjectNode binding, boolean namespaced) {
        List<FieldError> errors = new ArrayList<>();
        JsonNode role = binding.path("roleRef");
        oneOf(Trees.text(role, "apiGroup"), List.of(GROUP), "roleRef.apiGroup", errors);
        List<String> kinds = namespaced ? List.of("Role", "ClusterRole") : List.of("ClusterRole");
        oneOf(Trees.text(role, "kind"), kinds, "roleRef.kind", errors);
        if (Trees.text(role, "name").isEmpty()) {
            errors.add(FieldError.of(REQUIRED, "roleRef.name", ""));
        } else {
            PathSegment.faults(Trees.text(role, "name"))
                    .forEach(fault -> errors.add(
                            FieldError.of(INVALID, "roleRef.name", Rendering.quote(Trees.text(role, "name")), fault)));
        }
        JsonNode subjects = binding.path("subjects");
        for (int i = 0; i < subjects.size(); i++) {
            subject(subjects.get(i), "subjects[" + i + "]", namespaced, errors);
        }
        return errors;
    }

    private static void subject(JsonNode subject, String field, boolean namespaced, List<FieldError> errors) {
        String name = Trees.text(subject, "name");
        if (name.isEmpty()) {
            errors.add(FieldError.of(REQUIRED, field + ".name", ""));
        }
        String kind = Trees.text(subject, "kind");
        String group = Trees.text(subject, "apiGroup");
        switch (kind) {
            case "ServiceAccount" -> {
                if (!name.isEmpty()) {
                    DnsNames.subdomain(name)
                            .forEach(fault ->
                                    errors.add(FieldError.of(INVALID, field + ".name", Rendering.quote(name), fault)));
                }
                if (!group.isEmpty()) {
                    oneOf(group, List.of(""), field + ".apiGroup", errors);
                }
                if (!namespaced && Trees.text(subject, "namespace").isEmpty()) {
                    errors.add(FieldError.of(REQUIRED, field + ".namespace", ""));
                }
            }
            case "User", "Group" -> oneOf(group, List.of(GROUP), field + ".apiGroup", errors);
            default -> oneOf(kind, SUBJECT_KINDS, field + ".kind", errors);
        }
    }

    private static void oneOf(String value, List<String> supported, String field, List<FieldError> errors) {
        if (!supported.contains(value)) {
            errors.add(FieldError.of(NOT_SUPPORTED, field, Rendering.quote(value), Supported.values(supported)));
        }
    }
}
