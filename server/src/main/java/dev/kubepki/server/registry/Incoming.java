package dev.kubepki.server.registry;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.kind.GroupVersion;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is judged of every object that a client sends, before the kind's own rules see it.
final class Incoming {
    private static final String DUPLICATE_OWNERS = "; API server dedups owner references in 1.20+, and may reject such"
            + " requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ";

    private Incoming() {}

    /// Refuses or warns of fields that are unknown or stand twice.
    static void strict(Body body, Options.Write options, Call call) {
        List<String> errors = body.strictErrors();
        if (errors.isEmpty() || options.fieldValidation().equals("Ignore")) {
            return;
        }
        if (!options.fieldValidation().equals("Strict")) {
            errors.forEach(call.warnings());
            return;
        }
        String kind = body.object().path("kind").asString(call.kind().name());
        throw Failures.badRequest(kind + " in version \"" + call.version() + "\" cannot be handled as a " + kind
                + ": strict decoding error: " + String.join(", ", errors));
    }

    /// Sets kind and apiVersion where they are missing, and refuses another version than the URL's.
    static void version(ObjectNode object, Call call) {
        String expected = new GroupVersion(call.kind().group(), call.version()).toString();
        String given = object.path("apiVersion").asString("");
        if (!given.isEmpty() && !given.equals(expected)) {
            throw Failures.badRequest("the API version in the data (" + given
                    + ") does not match the expected API version (" + expected + ")");
        }
        object.put("kind", call.kind().name());
        object.put("apiVersion", expected);
    }

    /// Sets or clears the namespace, and refuses another one than the URL's.
    static void namespace(Metadata metadata, Call call) {
        String expected = call.kind().namespaced() ? call.namespace() : "";
        String given = metadata.namespace();
        if (!given.isEmpty() && !expected.isEmpty() && !given.equals(expected)) {
            throw Failures.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        metadata.text("namespace", expected);
    }

    /// Refuses another name than the URL's.
    static void name(Metadata metadata, Call call) {
        if (!metadata.name().equals(call.name())) {
            throw Failures.badRequest("the name of the object (" + metadata.name()
                    + ") does not match the name on the URL (" + call.name() + ")");
        }
    }

    /// Leaves one of each owner, with a warning.
    static void owners(Metadata metadata, Call call, boolean afterAdmission) {
        ArrayNode owners = metadata.ownerReferences();
        if (owners == null || owners.size() < 2) {
            return;
        }
        List<JsonNode> kept = new ArrayList<>();
        List<String> duplicates = new ArrayList<>();
        for (JsonNode owner : owners) {
            if (kept.contains(owner)) {
                duplicates.add(owner.path("uid").asString(""));
            } else {
                kept.add(owner);
            }
        }
        if (!duplicates.isEmpty()) {
            owners.removeAll();
            owners.addAll(kept);
            String begin = ".metadata.ownerReferences contains duplicate entries";
            String when = afterAdmission ? " after mutating admission happens" : "";
            call.warnings().accept(begin + when + DUPLICATE_OWNERS + String.join(", ", duplicates));
        }
    }
}
