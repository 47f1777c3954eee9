package dev.kubepki.server.http;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.openapi.OpenApi;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/openapi/v2` and `/openapi/v3`.
final class OpenApiRoutes {
    private static final String V3 = "/openapi/v3";
    private static final String PROTOBUF = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    /// What old clients call the same.
    private static final String OLD_PROTOBUF = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    private static final String NEVER_CHANGES = "public, immutable";

    private OpenApiRoutes() {}

    static void addTo(Paths paths, OpenApi documents) {
        paths.at("/openapi/v2", exchange -> v2(documents, exchange));
        paths.at(V3, exchange -> reply(exchange, Reply.JSON, documents.v3Index(), null));
        paths.below(V3, exchange -> v3(documents, exchange));
    }

    private static Reply v2(OpenApi documents, Exchange exchange) {
        String accept = exchange.request().value("Accept");
        if (accept.isEmpty()) {
            return reply(exchange, Reply.JSON, documents.v2Json(), null);
        }
        for (AcceptClause clause : AcceptClause.parse(accept)) {
            if (clause.takes(Reply.JSON)) {
                return reply(exchange, Reply.JSON, documents.v2Json(), null);
            }
            if (clause.type().equals(PROTOBUF) || clause.type().equals(OLD_PROTOBUF)) {
                return reply(exchange, PROTOBUF, documents.v2Protobuf(), null);
            }
        }
        throw Failures.notAcceptable(List.of(Reply.JSON, PROTOBUF));
    }

    /// The right hash makes it a document that clients may keep for good; a wrong one leads to the right one.
    private static Reply v3(OpenApi documents, Exchange exchange) {
        String path = exchange.info().path().substring(V3.length() + 1);
        Optional<OpenApi.Document> found = documents.v3(path);
        if (found.isEmpty()) {
            return PlainText.notFound();
        }
        String hash = exchange.query().text("hash");
        String right = found.get().hash();
        if (!hash.isEmpty() && !hash.equals(right)) {
            return new Reply.Whole(
                    301, List.of(new Reply.Header("Location", V3 + "/" + path + "?hash=" + right)), new byte[0]);
        }
        return reply(exchange, Reply.JSON, found.get(), hash.isEmpty() ? null : NEVER_CHANGES);
    }

    private static Reply reply(
            Exchange exchange, String contentType, OpenApi.Document document, @Nullable String cacheControl) {
        Document tagged = cacheControl == null
                ? Document.tagged(contentType, document.bytes(), document.hash())
                : Document.tagged(
                        contentType,
                        document.bytes(),
                        document.hash(),
                        new Reply.Header("Cache-Control", cacheControl));
        return tagged.serve(exchange);
    }
}
