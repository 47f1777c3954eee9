package dev.kubepki.api.client.remote;

import dev.kubepki.api.codec.DecodeFailure;
import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Trees from and to JSON as they are: the server on the other side knows its fields.
final class Json {
    private static final JsonCodec CODEC = new JsonCodec(new Schema(Map.of(), Map.of()));

    private Json() {}

    /// Empty for what is no JSON.
    static Optional<JsonNode> read(byte[] bytes) {
        try {
            return Optional.of(CODEC.read(bytes).tree());
        } catch (DecodeFailure e) {
            return Optional.empty();
        }
    }

    static byte[] write(JsonNode tree) {
        return CODEC.write(tree);
    }

    static String text(JsonNode tree) {
        return new String(CODEC.write(tree), StandardCharsets.UTF_8).strip();
    }
}
