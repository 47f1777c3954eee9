package dev.kubepki.server.patch;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The places that objects have.
final class FieldSets {
    private FieldSets() {}

    /// Every leaf and every element of an object as it stands.
    static FieldSet of(Shape shape, ObjectNode object) {
        FieldSet.Builder places = new FieldSet.Builder();
        fields(places, null, shape, object);
        return places.build();
    }

    private static void value(FieldSet.Builder places, Path path, Shape shape, JsonNode value) {
        if (shape.atomic()) {
            places.add(path);
        } else if (shape instanceof Shape.Sequence list) {
            elements(places, path, list, value);
        } else if (value instanceof ObjectNode object) {
            fields(places, path, shape, object);
        } else if (!value.isNull()) {
            places.add(path);
        }
    }

    private static void fields(FieldSet.Builder places, @Nullable Path path, Shape shape, ObjectNode object) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Path here = Path.of(path, entry.getKey());
            JsonNode value = entry.getValue();
            Shape inner = shape.field(entry.getKey());
            value(places, here, inner == null ? Shapes.OPAQUE : inner, value);
            boolean nothingInside = value.isNull() || (value.isObject() && value.isEmpty());
            if (nothingInside || !shape.declares(entry.getKey())) {
                places.add(here);
            }
        }
    }

    private static void elements(FieldSet.Builder places, Path path, Shape.Sequence list, JsonNode value) {
        if (!(value instanceof ArrayNode elements)) {
            return;
        }
        for (Map.Entry<PathElement, List<JsonNode>> same :
                Elements.index(list, elements).entrySet()) {
            Path here = new Path(path, same.getKey());
            if (same.getValue().size() == 1) {
                value(places, here, list.element(), same.getValue().getFirst());
            }
            places.add(here);
        }
    }

    /// With the fields of messages in whose values there are places, as if they were places too.
    static FieldSet withNamedFields(FieldSet set, @Nullable Shape shape) {
        return set.each(node -> {
            boolean named = node.element() instanceof PathElement.Name name
                    && shape != null
                    && shape.declares(name.name())
                    && !node.children().isEmpty();
            FieldSet inner = withNamedFields(node.children(), inside(shape, node.element()));
            return new FieldSet.Node(node.element(), node.member() || named, inner);
        });
    }

    static @Nullable Shape inside(@Nullable Shape shape, PathElement step) {
        if (step instanceof PathElement.Name name) {
            return shape == null ? null : shape.field(name.name());
        }
        return shape instanceof Shape.Sequence list && step instanceof PathElement.Key ? list.element() : null;
    }
}
