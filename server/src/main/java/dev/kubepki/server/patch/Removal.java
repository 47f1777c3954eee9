package dev.kubepki.server.patch;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Takes places out of an object; what nothing is left of becomes null.
final class Removal {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Removal() {}

    static ObjectNode without(Shape shape, ObjectNode object, FieldSet places) {
        return value(shape, object, places) instanceof ObjectNode left ? left : NODES.objectNode();
    }

    private static JsonNode value(@Nullable Shape shape, JsonNode value, FieldSet places) {
        if (shape instanceof Shape.Sequence list && value instanceof ArrayNode elements && !list.atomic()) {
            return elements(list, elements, places);
        }
        if (value instanceof ObjectNode object && shape != null && !shape.atomic()) {
            return fields(shape, object, places);
        }
        return value.isContainer() ? NODES.nullNode() : value;
    }

    private static JsonNode fields(Shape shape, ObjectNode object, FieldSet places) {
        ObjectNode left = NODES.objectNode();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            FieldSet.Node node = places.node(new PathElement.Name(entry.getKey()));
            if (node == null) {
                left.set(entry.getKey(), entry.getValue());
            } else if (!node.member()) {
                Shape inner = shape.field(entry.getKey());
                left.set(entry.getKey(), value(inner, entry.getValue(), node.children()));
            }
        }
        return left.isEmpty() ? NODES.nullNode() : left;
    }

    private static JsonNode elements(Shape.Sequence list, ArrayNode elements, FieldSet places) {
        ArrayNode left = NODES.arrayNode();
        for (JsonNode element : elements) {
            FieldSet.Node node = places.node(Elements.step(list, element));
            if (node == null) {
                left.add(element);
            } else if (!node.member()) {
                left.add(value(list.element(), element, node.children()));
            }
        }
        return left.isEmpty() ? NODES.nullNode() : left;
    }
}
