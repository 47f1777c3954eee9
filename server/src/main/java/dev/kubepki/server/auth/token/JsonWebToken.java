package dev.kubepki.server.auth.token;

import dev.kubepki.api.codec.DecodeFailure;
import dev.kubepki.api.codec.Decoded;
import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.pki.key.CryptoProvider;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A signed token in compact form (RFC 7515 §7.1), taken apart and not yet believed.
record JsonWebToken(String algorithm, String keyId, ObjectNode claims, String signedPart, String signaturePart) {
    /// Empty for what has not the form of one.
    static Optional<JsonWebToken> parse(String token, JsonCodec codec) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first <= 0 || second <= first + 1 || token.indexOf('.', second + 1) >= 0) {
            return Optional.empty();
        }
        Optional<ObjectNode> header = object(token.substring(0, first), codec);
        Optional<ObjectNode> claims = object(token.substring(first + 1, second), codec);
        if (header.isEmpty() || claims.isEmpty() || header.get().has("crit")) {
            return Optional.empty();
        }
        return Optional.of(new JsonWebToken(
                header.get().path("alg").asString(""),
                header.get().path("kid").asString(""),
                claims.get(),
                token.substring(0, second),
                token.substring(second + 1)));
    }

    /// A key that says the same thing twice may be read in two ways: such a token is none.
    private static Optional<ObjectNode> object(String part, JsonCodec codec) {
        try {
            Decoded<JsonNode> decoded = codec.read(bytes(part));
            return decoded.problems().isEmpty() && decoded.tree() instanceof ObjectNode object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (DecodeFailure | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    /// Whether one of the keys signed it: the named one where the token names one.
    boolean isSignedBy(List<TokenKey> keys, CryptoProvider provider) {
        byte[] signature;
        try {
            signature = bytes(signaturePart);
        } catch (IllegalArgumentException e) {
            return false;
        }
        byte[] message = signedPart.getBytes(StandardCharsets.US_ASCII);
        return keys.stream()
                .filter(key -> keyId.isEmpty() || keyId.equals(key.id()))
                .filter(key -> algorithm.equals(key.algorithm().name()))
                .anyMatch(key -> provider.verify(key.key(), key.algorithm().signature(), message, signature));
    }

    String issuer() {
        return claims.path("iss").asString("");
    }

    String text(String... path) {
        JsonNode at = claims;
        for (String key : path) {
            at = at.path(key);
        }
        return at.isString() ? at.stringValue() : "";
    }
}
