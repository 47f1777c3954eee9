package dev.kubepki.server.registry;

import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.schema.Schema;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Trees from and to JSON as it stands, whatever kind it is of.
final class Trees {
    private static final JsonCodec JSON = new JsonCodec(new Schema(Map.of(), Map.of()));

    /// Numbers are equal by their value, whatever type a parser or a strategy chose for them.
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> one.equals(other)
                    || (one.isNumber() && other.isNumber() && one.decimalValue().compareTo(other.decimalValue()) == 0)
            ? 0
            : 1;

    private Trees() {}

    /// @throws dev.kubepki.api.codec.DecodeFailure when it is no JSON
    static ObjectNode parse(byte[] json) {
        if (JSON.read(json).tree() instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("a stored value is no JSON object");
    }

    static byte[] bytes(ObjectNode object) {
        byte[] line = JSON.write(object);
        return Arrays.copyOf(line, line.length - 1);
    }

    static boolean same(JsonNode one, JsonNode other) {
        return one.equals(BY_VALUE, other);
    }
}
