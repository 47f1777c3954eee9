package dev.kubepki.server.http;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.server.auth.Attributes;
import dev.kubepki.server.auth.Authorizer;
import dev.kubepki.server.auth.UserInfo;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One request on its way through the pipeline, and what the stages found out about it.
final class Exchange {
    private final ApiRequest request;
    private final String auditId;
    private final long started;
    private final Query query;
    private final RequestInfo info;
    private final Set<String> warnings = new LinkedHashSet<>(0);
    private UserInfo caller = UserInfo.ANONYMOUS;
    private UserInfo user = UserInfo.ANONYMOUS;
    private Authorizer.@Nullable Decision decision;
    private @Nullable AuditNotes audit;
    private @Nullable ApiFailure failure;

    /// @param started in nanoseconds
    Exchange(ApiRequest request, String auditId, long started, Query query, RequestInfo info) {
        this.request = request;
        this.auditId = auditId;
        this.started = started;
        this.query = query;
        this.info = info;
    }

    ApiRequest request() {
        return request;
    }

    String auditId() {
        return auditId;
    }

    long started() {
        return started;
    }

    Query query() {
        return query;
    }

    RequestInfo info() {
        return info;
    }

    /// Who called, before impersonation.
    UserInfo caller() {
        return caller;
    }

    /// For whom the request is done.
    UserInfo user() {
        return user;
    }

    void authenticated(UserInfo who) {
        caller = who;
        user = who;
    }

    void decided(Authorizer.Decision by) {
        decision = by;
    }

    /// Of the authorizer; null before it was asked.
    Authorizer.@Nullable Decision decision() {
        return decision;
    }

    void impersonated(UserInfo who) {
        user = who;
    }

    /// A text for a Warning header; the same one stands there once.
    void warn(String text) {
        warnings.add(text);
    }

    Set<String> warnings() {
        return warnings;
    }

    void failed(ApiFailure by) {
        failure = by;
    }

    /// Null when it did not fail.
    @Nullable
    ApiFailure failure() {
        return failure;
    }

    void audited(AuditNotes notes) {
        audit = notes;
    }

    /// Null when there is no audit log.
    @Nullable
    AuditNotes audit() {
        return audit;
    }

    /// Notes the object that was sent.
    void sent(JsonNode object) {
        AuditNotes notes = audit;
        if (notes != null) {
            notes.request(object);
        }
    }

    /// Notes the object that is answered.
    void answered(ObjectNode object) {
        AuditNotes notes = audit;
        if (notes != null) {
            notes.response(object);
        }
    }

    /// What the authorizer is asked.
    Attributes attributes() {
        return attributes(user);
    }

    Attributes attributes(UserInfo who) {
        if (!info.isResource()) {
            return Attributes.path(who, info.verb(), info.path());
        }
        return new Attributes(
                who,
                info.verb(),
                info.group(),
                info.version(),
                info.resource(),
                info.subresource(),
                info.namespace(),
                info.name(),
                info.path(),
                query.text("fieldSelector"),
                query.text("labelSelector"));
    }
}
