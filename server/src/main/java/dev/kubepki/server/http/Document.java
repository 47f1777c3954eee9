package dev.kubepki.server.http;

import dev.kubepki.api.discovery.EntityTag;
import dev.kubepki.api.failure.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A document that stays the same while the server runs: made once, with the tag by which a client knows that it has
/// it.
final class Document implements Route {
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    private final byte[] body;
    private final String tag;
    private final List<Reply.Header> headers;

    private Document(byte[] body, String tag, List<Reply.Header> headers) {
        this.body = body;
        this.tag = tag;
        this.headers = headers;
    }

    /// One that is sent whole each time.
    static Document plain(String contentType, byte[] body) {
        return new Document(body, "", List.of(new Reply.Header("Content-Type", contentType)));
    }

    /// One that clients may keep and ask about.
    static Document tagged(String contentType, byte[] body, Reply.Header... more) {
        return tagged(contentType, body, EntityTag.of(body), more);
    }

    /// @param hash of the body
    static Document tagged(String contentType, byte[] body, String hash, Reply.Header... more) {
        String tag = "\"" + hash + "\"";
        List<Reply.Header> headers = new ArrayList<>();
        headers.add(new Reply.Header("Content-Type", contentType));
        headers.add(new Reply.Header("Etag", tag));
        headers.add(new Reply.Header("Vary", "Accept"));
        headers.addAll(List.of(more));
        return new Document(body, tag, List.copyOf(headers));
    }

    @Override
    public Reply serve(Exchange exchange) {
        if (!METHODS.contains(exchange.request().method())) {
            throw Failures.methodNotAllowed();
        }
        if (!tag.isEmpty() && exchange.request().value("If-None-Match").contains(tag)) {
            return new Reply.Whole(304, headers, new byte[0]);
        }
        return new Reply.Whole(200, headers, body);
    }
}
