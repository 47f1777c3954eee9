package dev.kubepki.server.http;

import dev.kubepki.api.codec.MediaType;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.StatusObject;

/// Failures as replies: Status objects in the form that the client reads.
final class FailureReplies {
    private final Negotiation negotiation;
    private final Encoder encoder;

    FailureReplies(Negotiation negotiation, Encoder encoder) {
        this.negotiation = negotiation;
        this.encoder = encoder;
    }

    /// Of a request that could be read.
    Reply.Whole of(ApiFailure failure, Exchange exchange) {
        return of(failure, negotiation.ofFailure(exchange.request(), exchange.query()));
    }

    /// Of one that could not.
    Reply.Whole of(ApiFailure failure) {
        return of(failure, MediaType.of("", false));
    }

    private Reply.Whole of(ApiFailure failure, MediaType form) {
        Reply.Whole reply = encoder.reply(failure.code(), StatusObject.of(failure), form);
        ApiFailure.Details details = failure.details();
        if (details != null && details.retryAfterSeconds() > 0) {
            reply = reply.with("Retry-After", Integer.toString(details.retryAfterSeconds()));
        }
        return switch (failure.code()) {
            case 403 -> reply.with("X-Content-Type-Options", "nosniff");
            case 408, 413 -> reply.with("Connection", "close");
            default -> reply;
        };
    }
}
