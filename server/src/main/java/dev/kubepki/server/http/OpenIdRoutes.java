package dev.kubepki.server.http;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.server.auth.token.TokenKeys;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// The documents by which others verify the tokens of service accounts (OpenID Connect Discovery).
final class OpenIdRoutes {
    private static final String JWKS = "/openid/v1/jwks";
    private static final String JWK_SET = "application/jwk-set+json";

    private OpenIdRoutes() {}

    /// @param address host and port under which the server is reached
    static void addTo(Paths paths, HttpApi.Tokens tokens, String address) {
        String issuer = tokens.settings().issuers().getFirst();
        String jwks = "https://" + address + JWKS;
        paths.at("/.well-known/openid-configuration", route(Reply.JSON, tokens, keys -> keys.discovery(issuer, jwks)));
        paths.at(JWKS, route(JWK_SET, tokens, TokenKeys::jwks));
    }

    private static Route route(String type, HttpApi.Tokens tokens, Function<TokenKeys, ObjectNode> document) {
        return exchange -> {
            String accept = exchange.request().value("Accept");
            boolean taken =
                    accept.isEmpty() || AcceptClause.parse(accept).stream().anyMatch(clause -> clause.takes(type));
            if (!taken) {
                throw Failures.notAcceptable(List.of(type));
            }
            return Reply.of(200, type, Json.line(document.apply(tokens.keys().get())))
                    .with("Cache-Control", "public, max-age=3600");
        };
    }
}
