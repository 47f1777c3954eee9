package dev.kubepki.server.registry.strategy;

import static dev.kubepki.api.failure.FieldError.Type.INVALID;
import static dev.kubepki.api.failure.FieldError.Type.REQUIRED;
import static dev.kubepki.api.failure.FieldError.Type.TOO_LONG;

import dev.kubepki.api.failure.FieldError;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.server.registry.Context;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Secret: bytes under names, with a type that says which names there must be.
final class SecretStrategy extends DataStrategy {
    private static final int MAX_BYTES = 1 << 20;
    private static final String ACCOUNT_NAME = "kubernetes.io/service-account.name";

    /// The names that a type asks for: all of them.
    private static final Map<String, List<String>> REQUIRED_KEYS = Map.of(
            "kubernetes.io/tls", List.of("tls.crt", "tls.key"),
            "kubernetes.io/dockercfg", List.of(".dockercfg"),
            "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
            "kubernetes.io/ssh-auth", List.of("ssh-privatekey"));

    @Override
    public void defaults(ObjectNode object, String version) {
        if (object.get("stringData") instanceof ObjectNode texts) {
            ObjectNode data = Trees.child(object, "data");
            texts.properties().forEach(entry -> data.put(entry.getKey(), encoded(entry.getValue())));
            object.remove("stringData");
        }
        if (Trees.text(object, "type").isEmpty()) {
            object.put("type", "Opaque");
        }
    }

    private static String encoded(JsonNode text) {
        return Base64.getEncoder().encodeToString(text.asString("").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<FieldError> validate(ObjectNode object, Context context) {
        List<FieldError> errors = new ArrayList<>();
        keys(object, "data", errors);
        long size = 0;
        for (JsonNode value : object.path("data")) {
            size += bytes(value);
        }
        if (size > MAX_BYTES) {
            errors.add(FieldError.of(TOO_LONG, "data", "may not be more than " + MAX_BYTES + " bytes"));
        }
        String type = Trees.text(object, "type");
        for (String key : REQUIRED_KEYS.getOrDefault(type, List.of())) {
            if (!object.path("data").has(key)) {
                errors.add(FieldError.of(REQUIRED, "data[" + key + "]", ""));
            }
        }
        if (type.equals("kubernetes.io/service-account-token")
                && Trees.text(object, "metadata", "annotations", ACCOUNT_NAME).isEmpty()) {
            errors.add(FieldError.of(REQUIRED, "metadata.annotations[" + ACCOUNT_NAME + "]", ""));
        }
        if (type.equals("kubernetes.io/basic-auth")
                && !object.path("data").has("username")
                && !object.path("data").has("password")) {
            errors.add(FieldError.of(REQUIRED, "data[username]", ""));
            errors.add(FieldError.of(REQUIRED, "data[password]", ""));
        }
        return errors;
    }

    @Override
    long bytes(JsonNode value) {
        return value.asString("").length() * 3L / 4;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode old, Context context) {
        List<FieldError> errors = new ArrayList<>();
        String type = Trees.text(updated, "type");
        if (!type.equals(Trees.text(old, "type"))) {
            errors.add(FieldError.of(INVALID, "type", Rendering.quote(type), "field is immutable"));
        }
        errors.addAll(super.validateUpdate(updated, old, context));
        return errors;
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        return Map.of("type", Trees.text(object, "type"));
    }

    @Override
    public Set<String> fieldLabels() {
        return Set.of("type");
    }

    @Override
    public boolean ownFieldLabels() {
        return true;
    }
}
