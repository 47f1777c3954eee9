package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.INVALID;
import static dev.kubepki.api.failure.FieldError.Type.NOT_SUPPORTED;
import static dev.kubepki.api.failure.FieldError.Type.REQUIRED;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The status of a PodCertificateRequest: one way, to one of three ends.
final class PodCertificateStatus {
    private static final List<String> ENDS = List.of("Issued", "Denied", "Failed");
    private static final String CONDITIONS = "status.conditions";

    private PodCertificateStatus() {}

    static List<FieldError> validateChange(ObjectNode updated, ObjectNode old, Instant now) {
        JsonNode status = updated.path("status");
        JsonNode before = old.path("status");
        List<FieldError> errors = new ArrayList<>(conditions(Trees.list(status, "conditions")));
        if (!errors.isEmpty()) {
            return errors;
        }
        if (!end(before).isEmpty()) {
            if (!status.equals(before)) {
                errors.add(FieldError.of(
                        INVALID,
                        "status",
                        status.toString(),
                        "immutable after PodCertificateRequest is issued, denied, or failed"));
            }
            return errors;
        }
        switch (end(status)) {
            case "Issued" -> errors.addAll(IssuedChain.validate(updated, now));
            case "" -> {
                if (!status.equals(before)) {
                    errors.add(FieldError.of(
                            INVALID,
                            "status",
                            status.toString(),
                            "status is immutable unless transitioning to \"Issued\", \"Denied\", or \"Failed\""));
                }
            }
            default -> {
                if (status.size() > 1) {
                    errors.add(FieldError.of(
                            INVALID,
                            "status",
                            status.toString(),
                            "non-condition status fields must be empty when denying or failing the"
                                    + " PodCertificateRequest"));
                }
            }
        }
        return errors;
    }

    private static String end(JsonNode status) {
        for (JsonNode condition : Trees.list(status, "conditions")) {
            if (ENDS.contains(Trees.text(condition, "type"))) {
                return Trees.text(condition, "type");
            }
        }
        return "";
    }

    private static List<FieldError> conditions(ArrayNode conditions) {
        List<FieldError> errors = new ArrayList<>();
        int ends = 0;
        for (int i = 0; i < conditions.size(); i++) {
            JsonNode condition = conditions.get(i);
            // The path has this odd form on the wire.
            String field = CONDITIONS + ".[" + i + "]";
            String type = Trees.text(condition, "type");
            if (!ENDS.contains(type)) {
                errors.add(
                        FieldError.of(NOT_SUPPORTED, field + ".type", Rendering.quote(type), Supported.values(ENDS)));
            } else if (++ends > 1) {
                errors.add(FieldError.of(
                        INVALID,
                        CONDITIONS,
                        conditions.toString(),
                        "There may be at most one condition with type \"Issued\", \"Denied\", or \"Failed\""));
            }
            String status = Trees.text(condition, "status");
            if (!status.equals("True")) {
                errors.add(FieldError.of(
                        NOT_SUPPORTED, field + ".status", Rendering.quote(status), Supported.values(List.of("True"))));
            }
            if (Trees.text(condition, "lastTransitionTime").isEmpty()) {
                errors.add(FieldError.of(REQUIRED, field + ".lastTransitionTime", ""));
            }
            reason(Trees.text(condition, "reason"), field + ".reason", errors);
        }
        return errors;
    }

    private static void reason(String reason, String field, List<FieldError> errors) {
        if (reason.isEmpty()) {
            errors.add(FieldError.of(REQUIRED, field, ""));
        } else if (!isReason(reason)) {
            errors.add(
                    FieldError.of(
                            INVALID,
                            field,
                            Rendering.quote(reason),
                            "a condition reason must start with alphabetic character, optionally followed by a string of"
                                    + " alphanumeric characters or '_,:', and must end with an alphanumeric character or '_'"
                                    + " (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  or"
                                    + " 'ReasonA:ReasonB', regex used for validation is '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?')"));
        }
    }

    private static boolean isReason(String reason) {
        char last = reason.charAt(reason.length() - 1);
        return isLetter(reason.charAt(0))
                && last != ','
                && last != ':'
                && reason.chars().allMatch(c -> isLetter((char) c) || (c >= '0' && c <= '9') || "_,:".indexOf(c) >= 0);
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
