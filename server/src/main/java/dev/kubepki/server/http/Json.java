package dev.kubepki.server.http;

import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.schema.Schema;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// JSON of documents whose fields are in order as they are.
final class Json {
    private static final JsonCodec CODEC = new JsonCodec(new Schema(Map.of(), Map.of()));

    private Json() {}

    /// As every answer is: without spaces, and with a line feed at the end.
    static byte[] line(JsonNode tree) {
        return CODEC.write(tree);
    }

    /// Indented.
    static byte[] pretty(JsonNode tree) {
        return CODEC.writePretty(tree);
    }
}
