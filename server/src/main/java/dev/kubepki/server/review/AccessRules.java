package dev.kubepki.server.review;

import static dev.kubepki.api.failure.FieldError.Type.FORBIDDEN;
import static dev.kubepki.api.failure.FieldError.Type.INVALID;
import static dev.kubepki.api.failure.FieldError.Type.REQUIRED;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What may be wrong with an access review.
final class AccessRules {
    private static final String PATHS = "spec.nonResourceAttributes";
    private static final String RESOURCES = "spec.resourceAttributes";
    /// What the server wipes from any new object, or fills in.
    private static final Set<String> IGNORED = Set.of(
            "managedFields", "creationTimestamp", "uid", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink");

    private AccessRules() {}

    /// Sorts of access reviews.
    enum Sort {
        ANYBODY,
        SELF,
        LOCAL
    }

    static List<FieldError> validate(Sort sort, ObjectNode object) {
        JsonNode spec = object.path("spec");
        JsonNode resource = spec.path("resourceAttributes");
        JsonNode path = spec.path("nonResourceAttributes");
        List<FieldError> errors = new ArrayList<>();
        if (resource.isObject() && path.isObject()) {
            errors.add(FieldError.of(
                    INVALID, PATHS, rendered(path), "cannot be specified in combination with resourceAttributes"));
        }
        if (!resource.isObject() && !path.isObject()) {
            errors.add(FieldError.of(
                    INVALID,
                    RESOURCES,
                    "null",
                    "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        }
        boolean nobody =
                spec.path("user").asString("").isEmpty() && spec.path("groups").isEmpty();
        if (sort != Sort.SELF && nobody) {
            errors.add(FieldError.of(INVALID, "spec.user", "\"\"", "at least one of user or group must be specified"));
        }
        selector(resource.path("fieldSelector"), RESOURCES + ".fieldSelector", errors);
        selector(resource.path("labelSelector"), RESOURCES + ".labelSelector", errors);
        metadata(sort, object.path("metadata"), errors);
        if (sort == Sort.LOCAL) {
            local(object, errors);
        }
        return errors;
    }

    private static void metadata(Sort sort, JsonNode metadata, List<FieldError> errors) {
        for (Map.Entry<String, JsonNode> entry : metadata.properties()) {
            boolean fine = IGNORED.contains(entry.getKey())
                    || (sort == Sort.LOCAL && entry.getKey().equals("namespace"))
                    || isEmpty(entry.getValue());
            if (!fine) {
                String detail = sort == Sort.LOCAL ? "must be empty except for namespace" : "must be empty";
                errors.add(FieldError.of(INVALID, "metadata", Rendering.value(metadata), detail));
                return;
            }
        }
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull()
                || (value.isContainer() && value.isEmpty())
                || (value.isString() && value.stringValue().isEmpty())
                || (value.isNumber() && value.doubleValue() == 0);
    }

    private static void local(ObjectNode object, List<FieldError> errors) {
        JsonNode resource = object.path("spec").path("resourceAttributes");
        JsonNode path = object.path("spec").path("nonResourceAttributes");
        String namespace = resource.path("namespace").asString("");
        String own = object.path("metadata").path("namespace").asString("");
        if (resource.isObject() && !namespace.equals(own)) {
            errors.add(FieldError.of(
                    INVALID, RESOURCES + ".namespace", Rendering.quote(namespace), "must match metadata.namespace"));
        }
        if (path.isObject()) {
            errors.add(FieldError.of(INVALID, PATHS, rendered(path), "disallowed on this kind of request"));
        }
    }

    /// The value as the API shows it: by the names that its fields have inside.
    private static String rendered(JsonNode path) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("Path", path.path("path").asString(""));
        shown.put("Verb", path.path("verb").asString(""));
        return Rendering.value(shown);
    }

    private static void selector(JsonNode selector, String field, List<FieldError> errors) {
        if (!selector.isObject()) {
            return;
        }
        String raw = selector.path("rawSelector").asString("");
        JsonNode requirements = selector.path("requirements");
        if (!raw.isEmpty() && !requirements.isEmpty()) {
            errors.add(FieldError.of(
                    INVALID,
                    field + ".rawSelector",
                    Rendering.quote(raw),
                    "may not specified at the same time as requirements"));
        }
        if (raw.isEmpty() && requirements.isEmpty()) {
            errors.add(FieldError.of(
                    REQUIRED,
                    field + ".requirements",
                    "when " + field + " is specified, requirements or rawSelector is required"));
        }
        for (int i = 0; i < requirements.size(); i++) {
            requirement(requirements.get(i), field + ".requirements[" + i + "]", errors);
        }
    }

    private static void requirement(JsonNode requirement, String field, List<FieldError> errors) {
        if (requirement.path("key").asString("").isEmpty()) {
            errors.add(FieldError.of(REQUIRED, field + ".key", "must be specified"));
        }
        boolean without = requirement.path("values").isEmpty();
        String operator = requirement.path("operator").asString("");
        switch (operator) {
            case "In", "NotIn" -> {
                if (without) {
                    errors.add(FieldError.of(
                            REQUIRED, field + ".values", "must be specified when `operator` is 'In' or 'NotIn'"));
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!without) {
                    errors.add(FieldError.of(
                            FORBIDDEN,
                            field + ".values",
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
                }
            }
            default ->
                errors.add(FieldError.of(
                        INVALID, field + ".operator", Rendering.quote(operator), "not a valid selector operator"));
        }
    }
}
