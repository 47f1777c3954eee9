package dev.kubepki.server.audit;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.server.auth.Attributes;
import dev.kubepki.server.auth.UserInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One event of the audit log, as a line of JSON: kind Event, audit.k8s.io/v1.
///
/// @param attributes what was asked, with the caller as user
/// @param impersonated null when the caller acted as himself
/// @param code of the response; 0 before there is one
/// @param failure null when there was none
/// @param requestObject JSON; null below the level Request
/// @param responseObject JSON; null below the level RequestResponse
/// @param annotations such as the authorizer's decision
public record AuditEvent(
        AuditLevel level,
        String auditId,
        AuditStage stage,
        String requestUri,
        Attributes attributes,
        @Nullable UserInfo impersonated,
        String sourceAddress,
        String userAgent,
        int code,
        @Nullable ApiFailure failure,
        @Nullable String requestObject,
        @Nullable String responseObject,
        Instant received,
        Instant time,
        Map<String, String> annotations) {
    /// The line, with its end.
    public String line() {
        JsonLine line = new JsonLine();
        line.open();
        line.text("kind", "Event");
        line.text("apiVersion", "audit.k8s.io/v1");
        line.text("level", level.label());
        line.text("auditID", auditId);
        line.text("stage", stage.label());
        line.text("requestURI", requestUri);
        line.text("verb", attributes.verb());
        line.user("user", attributes.user());
        UserInfo other = impersonated;
        if (other != null) {
            line.user("impersonatedUser", other);
        }
        line.texts("sourceIPs", List.of(sourceAddress));
        line.textUnlessEmpty("userAgent", userAgent);
        if (attributes.isResource()) {
            line.object("objectRef", this::objectRef);
        }
        if (code > 0) {
            line.object("responseStatus", this::responseStatus);
        }
        line.rawUnlessNull("requestObject", requestObject);
        line.rawUnlessNull("responseObject", responseObject);
        line.text("requestReceivedTimestamp", MicroTime.of(received));
        line.text("stageTimestamp", MicroTime.of(time));
        if (!annotations.isEmpty()) {
            line.object("annotations", inner -> annotations.forEach(inner::text));
        }
        line.close();
        return line.end();
    }

    private void responseStatus(JsonLine line) {
        line.raw("metadata", "{}");
        ApiFailure failed = failure;
        if (failed != null) {
            line.text("status", "Failure");
            line.textUnlessEmpty("message", failed.message());
            line.textUnlessEmpty("reason", failed.reason());
        }
        line.number("code", code);
    }

    private void objectRef(JsonLine line) {
        line.textUnlessEmpty("resource", attributes.resource());
        line.textUnlessEmpty("namespace", attributes.namespace());
        line.textUnlessEmpty("name", attributes.name());
        line.textUnlessEmpty("apiGroup", attributes.group());
        line.textUnlessEmpty("apiVersion", attributes.version());
        line.textUnlessEmpty("subresource", attributes.subresource());
    }
}
