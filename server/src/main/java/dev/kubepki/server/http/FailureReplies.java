package dev.kubepki.server.http;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.StatusObject;
import java.util.List;

/// Status objects as replies.
final class FailureReplies {
    private FailureReplies() {}

    static Reply.Whole of(ApiFailure failure) {
        Reply.Whole reply = Reply.of(failure.code(), Reply.JSON, Json.line(StatusObject.of(failure)));
        for (Reply.Header header : headers(failure)) {
            reply = reply.with(header.name(), header.value());
        }
        return reply;
    }

    private static List<Reply.Header> headers(ApiFailure failure) {
        ApiFailure.Details details = failure.details();
        if (details != null && details.retryAfterSeconds() > 0) {
            return List.of(new Reply.Header("Retry-After", Integer.toString(details.retryAfterSeconds())));
        }
        return List.of();
    }
}
