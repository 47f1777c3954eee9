package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.DUPLICATE;
import static dev.kubepki.api.failure.FieldError.Type.FORBIDDEN;
import static dev.kubepki.api.failure.FieldError.Type.INVALID;
import static dev.kubepki.api.failure.FieldError.Type.NOT_SUPPORTED;
import static dev.kubepki.api.failure.FieldError.Type.REQUIRED;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The conditions of a CertificateSigningRequest: who may set which, and what each must look like.
final class CsrConditions {
    private static final String FIELD = "status.conditions";
    private static final String APPROVED = "Approved";
    private static final String DENIED = "Denied";
    private static final String FAILED = "Failed";
    /// What only the approval endpoint sets.
    private static final List<String> DECISIONS = List.of(APPROVED, DENIED);
    /// What nobody takes back.
    private static final List<String> LASTING = List.of(APPROVED, DENIED, FAILED);

    private CsrConditions() {}

    /// Puts the stored decisions back over the submitted ones, where there are as many of each.
    static void keepDecisions(ObjectNode updated, ObjectNode old) {
        ArrayNode submitted = conditions(updated);
        for (String type : DECISIONS) {
            List<Integer> now = indexes(submitted, type);
            List<JsonNode> before = ofType(conditions(old), type);
            if (now.size() == before.size()) {
                for (int i = 0; i < now.size(); i++) {
                    submitted.set(now.get(i), before.get(i));
                }
            }
        }
    }

    /// Fills in the times that a client left out.
    static void stampTimes(ObjectNode updated, ObjectNode old, Instant now) {
        String stamp = Trees.time(now);
        for (JsonNode node : conditions(updated)) {
            if (!(node instanceof ObjectNode condition)) {
                continue;
            }
            if (Trees.text(condition, "lastUpdateTime").isEmpty()) {
                condition.put("lastUpdateTime", stamp);
            }
            if (Trees.text(condition, "lastTransitionTime").isEmpty()) {
                condition.put("lastTransitionTime", lastTransition(condition, old, stamp));
            }
        }
    }

    private static String lastTransition(ObjectNode condition, ObjectNode old, String now) {
        for (JsonNode before : conditions(old)) {
            String time = Trees.text(before, "lastTransitionTime");
            if (same(before, condition, "type") && same(before, condition, "status") && !time.isEmpty()) {
                return time;
            }
        }
        return now;
    }

    private static boolean same(JsonNode one, JsonNode other, String field) {
        return Trees.text(one, field).equals(Trees.text(other, field));
    }

    /// @param old the stored object, whose defects are borne; null for a new one
    /// @param lenient the rules of v1beta1
    static List<FieldError> validate(ObjectNode object, @Nullable ObjectNode old, boolean lenient) {
        ArrayNode conditions = conditions(object);
        boolean emptyBorne =
                lenient || (old != null && !ofType(conditions(old), "").isEmpty());
        boolean repeatBorne = lenient || (old != null && hasRepeats(conditions(old)));
        boolean bothBorne = old != null && isDecidedBothWays(conditions(old));
        List<FieldError> errors = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            String field = FIELD + "[" + i + "]";
            String type = Trees.text(conditions.get(i), "type");
            if (type.isEmpty() && !emptyBorne) {
                errors.add(FieldError.of(REQUIRED, field + ".type", ""));
            }
            boolean repeated = !seen.add(type);
            if (repeated && !repeatBorne) {
                errors.add(FieldError.of(DUPLICATE, field + ".type", Rendering.quote(type), ""));
            }
            status(type, Trees.text(conditions.get(i), "status"), field + ".status", errors);
            if (!bothBorne && !repeated && contradicts(type, seen)) {
                errors.add(FieldError.of(
                        INVALID,
                        FIELD,
                        Rendering.quote(type),
                        "Approved and Denied conditions are mutually exclusive"));
            }
        }
        return errors;
    }

    private static boolean contradicts(String type, Set<String> seen) {
        return DECISIONS.contains(type) && seen.containsAll(DECISIONS);
    }

    private static void status(String type, String status, String field, List<FieldError> errors) {
        List<String> supported = LASTING.contains(type) ? List.of("True") : List.of("False", "True", "Unknown");
        if (status.isEmpty()) {
            errors.add(FieldError.of(REQUIRED, field, ""));
        } else if (!supported.contains(status)) {
            errors.add(FieldError.of(NOT_SUPPORTED, field, Rendering.quote(status), Supported.values(supported)));
        }
    }

    /// What an update may not do with the conditions that were there.
    static List<FieldError> validateChange(ObjectNode updated, ObjectNode old, boolean mayDecide) {
        List<FieldError> errors = new ArrayList<>();
        for (String type : LASTING) {
            if (ofType(conditions(updated), type).size()
                    < ofType(conditions(old), type).size()) {
                errors.add(forbidden("remove", type));
            }
        }
        if (mayDecide) {
            return errors;
        }
        for (String type : DECISIONS) {
            List<JsonNode> now = ofType(conditions(updated), type);
            List<JsonNode> before = ofType(conditions(old), type);
            if (now.size() > before.size()) {
                errors.add(forbidden("add", type));
            } else if (now.size() == before.size() && !now.equals(before)) {
                errors.add(forbidden("modify", type));
            }
        }
        return errors;
    }

    private static FieldError forbidden(String verb, String type) {
        return FieldError.of(
                FORBIDDEN, FIELD, "updates may not " + verb + " a condition of type " + Rendering.quote(type));
    }

    private static ArrayNode conditions(ObjectNode object) {
        return Trees.list(object.path("status"), "conditions");
    }

    private static List<JsonNode> ofType(ArrayNode conditions, String type) {
        return indexes(conditions, type).stream().map(conditions::get).toList();
    }

    private static List<Integer> indexes(ArrayNode conditions, String type) {
        List<Integer> found = new ArrayList<>(1);
        for (int i = 0; i < conditions.size(); i++) {
            if (Trees.text(conditions.get(i), "type").equals(type)) {
                found.add(i);
            }
        }
        return found;
    }

    private static boolean hasRepeats(ArrayNode conditions) {
        Set<String> seen = new HashSet<>();
        for (JsonNode condition : conditions) {
            if (!seen.add(Trees.text(condition, "type"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDecidedBothWays(ArrayNode conditions) {
        return DECISIONS.stream().noneMatch(type -> indexes(conditions, type).isEmpty());
    }
}
