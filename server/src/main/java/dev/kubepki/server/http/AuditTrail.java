package dev.kubepki.server.http;

import dev.kubepki.server.audit.AuditEvent;
import dev.kubepki.server.audit.AuditLevel;
import dev.kubepki.server.audit.AuditLog;
import dev.kubepki.server.audit.AuditPolicy;
import dev.kubepki.server.audit.AuditRule;
import dev.kubepki.server.audit.AuditStage;
import dev.kubepki.server.auth.Authorizer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes down who did what, as far as the policy wants it.
final class AuditTrail implements Observer, MetricSource {
    private final AuditPolicy policy;
    private final AuditLog log;
    private final Clock clock;

    AuditTrail(AuditPolicy policy, AuditLog log, Clock clock) {
        this.policy = policy;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void received(Exchange exchange) {
        AuditRule rule = policy.ruleFor(exchange.attributes(exchange.caller()));
        exchange.audited(new AuditNotes(rule, clock.instant()));
        write(exchange, AuditStage.REQUEST_RECEIVED, null);
    }

    @Override
    public void streaming(Exchange exchange) {
        write(exchange, AuditStage.RESPONSE_STARTED, null);
    }

    @Override
    public void finished(Exchange exchange, Reply reply) {
        write(exchange, AuditStage.RESPONSE_COMPLETE, reply);
    }

    private void write(Exchange exchange, AuditStage stage, @Nullable Reply reply) {
        AuditNotes notes = exchange.audit();
        if (notes == null || !policy.logs(notes.rule(), stage)) {
            return;
        }
        boolean received = stage == AuditStage.REQUEST_RECEIVED;
        AuditEvent event = new AuditEvent(
                notes.rule().level(),
                exchange.auditId(),
                stage,
                uri(exchange.request()),
                exchange.attributes(exchange.caller()),
                exchange.user().equals(exchange.caller()) ? null : exchange.user(),
                exchange.request().remoteAddress(),
                exchange.request().value("User-Agent"),
                received ? 0 : reply == null ? 200 : reply.status(),
                exchange.failure(),
                received ? null : notes.requestObject(),
                responseObject(notes, reply),
                notes.received(),
                received ? notes.received() : clock.instant(),
                annotations(exchange.decision()));
        log.write(event.line());
    }

    private static String uri(ApiRequest request) {
        String query = request.rawQuery();
        return query == null ? request.rawPath() : request.rawPath() + "?" + query;
    }

    /// JSON that was sent is told as it is; of other forms the object was noted.
    private static @Nullable String responseObject(AuditNotes notes, @Nullable Reply reply) {
        if (!notes.rule().level().covers(AuditLevel.REQUEST_RESPONSE)) {
            return null;
        }
        String noted = notes.responseObject();
        if (noted != null) {
            return noted;
        }
        if (!(reply instanceof Reply.Whole whole)) {
            return null;
        }
        boolean json = whole.headers().stream()
                .anyMatch(header ->
                        header.name().equals("Content-Type") && header.value().equals(Reply.JSON));
        return json ? new String(whole.body(), StandardCharsets.UTF_8).strip() : null;
    }

    private static Map<String, String> annotations(Authorizer.@Nullable Decision decision) {
        if (decision == null) {
            return Map.of();
        }
        Map<String, String> annotations = new LinkedHashMap<>(4);
        annotations.put("authorization.k8s.io/decision", decision.allowed() ? "allow" : "forbid");
        annotations.put("authorization.k8s.io/reason", decision.reason());
        return annotations;
    }

    @Override
    public void write(MetricText out) {
        out.family("apiserver_audit_error_total", MetricText.Type.COUNTER, "Audit events that were lost.");
        out.sample("apiserver_audit_error_total", (double) log.lost(), "plugin", "log");
    }
}
