package dev.kubepki.server.http;

import dev.kubepki.server.auth.UserInfo;
import java.util.ArrayList;
import java.util.List;

/// The headers that every reply has.
final class ReplyHeaders {
    private static final Reply.Header NO_CACHE = new Reply.Header("Cache-Control", "no-cache, private");
    private static final Reply.Header CLOSE = new Reply.Header("Connection", "close");

    private ReplyHeaders() {}

    /// Of a request that could not be read.
    static Reply of(Reply reply, String auditId) {
        return reply.withHeaders(common(reply, auditId, 2));
    }

    /// With all that the exchange gathered; packed, if that is worth it.
    static Reply of(Reply plain, Exchange exchange) {
        Reply reply = Compression.of(plain, exchange.request());
        List<Reply.Header> headers = common(reply, exchange.auditId(), 4);
        for (String warning : Warnings.headers(exchange.warnings())) {
            headers.add(new Reply.Header("Warning", warning));
        }
        // Who is not known may open new connections, but not bring many requests over one.
        boolean unknown = reply.status() == 401 || exchange.user().equals(UserInfo.ANONYMOUS);
        if (unknown && exchange.request().isMultiplexed() && !(reply instanceof Reply.Stream)) {
            headers.add(CLOSE);
        }
        return reply.withHeaders(headers);
    }

    private static List<Reply.Header> common(Reply reply, String auditId, int more) {
        List<Reply.Header> headers = new ArrayList<>(reply.headers().size() + more);
        headers.add(new Reply.Header("Audit-Id", auditId));
        boolean cached = false;
        for (Reply.Header header : reply.headers()) {
            cached |= header.name().equals(NO_CACHE.name());
        }
        if (!cached) {
            headers.add(NO_CACHE);
        }
        headers.addAll(reply.headers());
        return headers;
    }
}
