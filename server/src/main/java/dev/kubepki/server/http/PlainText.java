package dev.kubepki.server.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Answers that are no objects.
final class PlainText {
    private static final List<Reply.Header> HEADERS = List.of(
            new Reply.Header("Content-Type", "text/plain; charset=utf-8"),
            new Reply.Header("X-Content-Type-Options", "nosniff"));

    private PlainText() {}

    static Reply.Whole of(int status, String text) {
        return new Reply.Whole(status, HEADERS, text.getBytes(StandardCharsets.UTF_8));
    }

    /// A path that nobody knows.
    static Reply.Whole notFound() {
        return of(404, "404 page not found\n");
    }
}
