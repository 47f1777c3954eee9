package dev.kubepki.server.patch;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The form in which the server itself holds objects: what may be left out when it is empty is left out, what may not
/// is
/// there.
final class Normal {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Normal() {}

    /// A copy in that form; of a missing object an empty one.
    static ObjectNode of(Shape shape, @Nullable ObjectNode object) {
        return (ObjectNode) value(shape, object == null ? NODES.objectNode() : object);
    }

    private static JsonNode value(Shape shape, JsonNode value) {
        return switch (shape) {
            case Shape.Struct struct
            when value instanceof ObjectNode object -> {
                ObjectNode normal = NODES.objectNode();
                for (Shape.Member member : struct.members()) {
                    JsonNode inner = member.normal(object.get(member.name()));
                    if (inner != null) {
                        normal.set(member.name(), value(member.shape(), inner));
                    }
                }
                yield normal;
            }
            case Shape.Table table
            when value instanceof ObjectNode object -> {
                ObjectNode normal = NODES.objectNode();
                for (Map.Entry<String, JsonNode> entry : object.properties()) {
                    normal.set(entry.getKey(), value(table.element(), entry.getValue()));
                }
                yield normal;
            }
            case Shape.Sequence list
            when value instanceof ArrayNode elements -> {
                ArrayNode normal = NODES.arrayNode(elements.size());
                elements.forEach(element -> normal.add(value(list.element(), element)));
                yield normal;
            }
            default -> value.deepCopy();
        };
    }
}
