package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.FORBIDDEN;
import static dev.kubepki.api.failure.FieldError.Type.INVALID;
import static dev.kubepki.api.failure.FieldError.Type.TOO_LONG;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.registry.Strategy;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// ConfigMap: named pieces of text and bytes, a mebibyte together. What Secret shares stands here too.
class DataStrategy implements Strategy {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_KEY = 253;
    private static final String KEY_FORM =
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or"
                    + " 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

    @Override
    public List<FieldError> validateName(String name, String field) {
        return DnsNames.subdomain(name).stream()
                .map(fault -> FieldError.of(INVALID, field, Rendering.quote(name), fault))
                .toList();
    }

    @Override
    public List<FieldError> validate(ObjectNode object, Context context) {
        List<FieldError> errors = new ArrayList<>();
        keys(object, "data", errors);
        keys(object, "binaryData", errors);
        long size = 0;
        for (JsonNode value : object.path("data")) {
            size += bytes(value);
        }
        for (Map.Entry<String, JsonNode> entry : object.path("binaryData").properties()) {
            size += Base64.getDecoder().decode(entry.getValue().asString("")).length;
            if (object.path("data").has(entry.getKey())) {
                errors.add(FieldError.of(
                        INVALID,
                        "data[" + entry.getKey() + "]",
                        Rendering.quote(entry.getKey()),
                        "duplicate of key present in binaryData"));
            }
        }
        if (size > MAX_BYTES) {
            errors.add(FieldError.of(TOO_LONG, "", "may not be more than " + MAX_BYTES + " bytes"));
        }
        return errors;
    }

    /// The size of a value of `data`.
    long bytes(JsonNode value) {
        return DnsNames.bytes(value.asString(""));
    }

    final void keys(ObjectNode object, String field, List<FieldError> errors) {
        for (String key : object.path(field).propertyNames()) {
            String fault = keyFault(key);
            if (!fault.isEmpty()) {
                errors.add(FieldError.of(INVALID, field + "[" + key + "]", Rendering.quote(key), fault));
            }
        }
    }

    private static String keyFault(String key) {
        if (key.length() > MAX_KEY) {
            return "must be no more than 253 characters";
        }
        if (key.isEmpty() || !key.chars().allMatch(DataStrategy::mayStandInKey)) {
            return KEY_FORM;
        }
        if (key.equals(".") || key.equals("..")) {
            return "must not be '" + key + "'";
        }
        return key.startsWith("..") ? "must not start with '..'" : "";
    }

    private static boolean mayStandInKey(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode old, Context context) {
        List<FieldError> errors = new ArrayList<>();
        if (old.path("immutable").asBoolean(false)) {
            if (!updated.path("immutable").asBoolean(false)) {
                errors.add(frozen("immutable"));
            }
            for (String field : List.of("data", "binaryData")) {
                if (!updated.path(field).equals(old.path(field))) {
                    errors.add(frozen(field));
                }
            }
        }
        errors.addAll(validate(updated, context));
        return errors;
    }

    private static FieldError frozen(String field) {
        return FieldError.of(FORBIDDEN, field, "field is immutable when `immutable` is set");
    }
}
