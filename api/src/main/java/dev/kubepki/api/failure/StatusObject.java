package dev.kubepki.api.failure;

import dev.kubepki.api.failure.ApiFailure.Cause;
import dev.kubepki.api.failure.ApiFailure.Details;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The Status objects that stand for a failure, and for a deletion that left nothing to show.
public final class StatusObject {
    private StatusObject() {}

    /// Of a failure.
    public static ObjectNode of(ApiFailure failure) {
        ObjectNode status = status("Failure");
        if (!failure.continueToken().isEmpty()) {
            status.withObject("/metadata").put("continue", failure.continueToken());
        }
        putUnlessEmpty(status, "message", failure.message());
        putUnlessEmpty(status, "reason", failure.reason());
        Details details = failure.details();
        if (details != null) {
            status.set("details", details(details));
        }
        return status.put("code", failure.code());
    }

    /// Of a deletion: it has neither a code nor a reason.
    public static ObjectNode deleted(String name, String group, String plural, String uid) {
        ObjectNode status = status("Success");
        ObjectNode details = status.putObject("details");
        putUnlessEmpty(details, "name", name);
        putUnlessEmpty(details, "group", group);
        putUnlessEmpty(details, "kind", plural);
        putUnlessEmpty(details, "uid", uid);
        return status;
    }

    private static ObjectNode status(String status) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        return object.put("status", status);
    }

    private static ObjectNode details(Details details) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        putUnlessEmpty(object, "name", details.name());
        putUnlessEmpty(object, "group", details.group());
        putUnlessEmpty(object, "kind", details.kind());
        putUnlessEmpty(object, "uid", details.uid());
        if (!details.causes().isEmpty()) {
            ArrayNode causes = object.putArray("causes");
            for (Cause cause : details.causes()) {
                ObjectNode node = causes.addObject();
                putUnlessEmpty(node, "reason", cause.type());
                putUnlessEmpty(node, "message", cause.message());
                putUnlessEmpty(node, "field", cause.field());
            }
        }
        if (details.retryAfterSeconds() > 0) {
            object.put("retryAfterSeconds", details.retryAfterSeconds());
        }
        return object;
    }

    private static void putUnlessEmpty(ObjectNode object, String key, String value) {
        if (!value.isEmpty()) {
            object.put(key, value);
        }
    }
}
