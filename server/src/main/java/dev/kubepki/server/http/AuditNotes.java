package dev.kubepki.server.http;

import dev.kubepki.server.audit.AuditLevel;
import dev.kubepki.server.audit.AuditRule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is noted of one request for the audit log, while it is worked on.
final class AuditNotes {
    private final AuditRule rule;
    private final Instant received;
    private @Nullable String requestObject;
    private @Nullable String responseObject;

    AuditNotes(AuditRule rule, Instant received) {
        this.rule = rule;
        this.received = received;
    }

    AuditRule rule() {
        return rule;
    }

    Instant received() {
        return received;
    }

    /// Notes what was sent, before anything changes it.
    void request(JsonNode object) {
        if (rule.level().covers(AuditLevel.REQUEST)) {
            requestObject = text(object);
        }
    }

    /// Notes what is answered.
    void response(ObjectNode object) {
        if (rule.level().covers(AuditLevel.REQUEST_RESPONSE)) {
            responseObject = text(object);
        }
    }

    private String text(JsonNode object) {
        JsonNode told = object;
        if (rule.omitManagedFields() && object.path("metadata").has("managedFields")) {
            ObjectNode copy = (ObjectNode) object.deepCopy();
            ((ObjectNode) copy.path("metadata")).remove("managedFields");
            told = copy;
        }
        return new String(Json.line(told), StandardCharsets.UTF_8).strip();
    }

    @Nullable
    String requestObject() {
        return requestObject;
    }

    @Nullable
    String responseObject() {
        return responseObject;
    }
}
