package dev.kubepki.server.registry;

import java.util.Comparator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Trees from and to the stored JSON.
final class Trees {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /// Numbers are equal by their value, whatever type a parser or a strategy chose for them.
    private static final Comparator<JsonNode> BY_VALUE = (one, other) -> one.equals(other)
                    || one.isNumber() && other.isNumber() && one.decimalValue().compareTo(other.decimalValue()) == 0
            ? 0
            : 1;

    private Trees() {}

    static ObjectNode parse(byte[] json) {
        if (MAPPER.readTree(json) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("a stored value is no JSON object");
    }

    static byte[] bytes(ObjectNode object) {
        return MAPPER.writeValueAsBytes(object);
    }

    static boolean same(JsonNode one, JsonNode other) {
        return one.equals(BY_VALUE, other);
    }
}
