package dev.kubepki.server.patch;

import dev.kubepki.server.patch.Shape.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What in an applied configuration does not fit its kind.
final class ShapeErrors {
    private final List<String> errors = new ArrayList<>();

    private ShapeErrors() {}

    /// As one text; empty when all fits.
    static String of(Shape shape, ObjectNode configuration) {
        ShapeErrors walk = new ShapeErrors();
        walk.value(null, shape, configuration);
        if (walk.errors.size() <= 1) {
            return String.join("", walk.errors);
        }
        return "errors:\n  " + String.join("\n  ", walk.errors);
    }

    private void error(@Nullable Path path, String text) {
        errors.add(path == null ? text : path + ": " + text);
    }

    private void value(@Nullable Path path, Shape shape, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        switch (shape) {
            case Shape.Scalar scalar -> scalar(path, scalar.kind(), value);
            case Shape.Sequence list -> list(path, list, value);
            case Shape.Struct struct -> object(path, struct, value);
            case Shape.Table table -> object(path, table, value);
            case Shape.Opaque opaque -> {
                // Whatever it is.
            }
            case Shape.Deduced deduced -> {
                // Whatever it is.
            }
        }
    }

    private void scalar(@Nullable Path path, Kind kind, JsonNode value) {
        switch (kind) {
            case TEXT, DATA -> {
                if (!value.isString()) {
                    error(path, "expected string, got &value.valueUnstructured{Value:" + GoText.syntax(value) + "}");
                }
            }
            case NUMBER -> {
                if (!value.isNumber()) {
                    error(path, "expected numeric (int or float), got " + GoText.type(value));
                }
            }
            case TRUTH -> {
                if (!value.isBoolean()) {
                    error(path, "expected boolean, got &{" + GoText.print(value) + "}");
                }
            }
            case ANY -> {
                if (value.isContainer()) {
                    error(path, "expected any scalar, got &{" + GoText.print(value) + "}");
                }
            }
        }
    }

    private void object(@Nullable Path path, Shape shape, JsonNode value) {
        if (!(value instanceof ObjectNode object)) {
            error(path, "expected map, got &{" + GoText.print(value) + "}");
            return;
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Path here = Path.of(path, entry.getKey());
            Shape inner = shape.field(entry.getKey());
            if (inner == null) {
                error(here, "field not declared in schema");
                return;
            }
            value(here, inner, entry.getValue());
        }
    }

    private void list(@Nullable Path path, Shape.Sequence list, JsonNode value) {
        if (!(value instanceof ArrayNode elements)) {
            error(path, "expected list, got &{" + GoText.print(value) + "}");
            return;
        }
        Set<PathElement> seen = new TreeSet<>();
        for (int i = 0; i < elements.size(); i++) {
            PathElement step = new PathElement.Index(i);
            if (!list.atomic()) {
                try {
                    step = Elements.step(list, elements.get(i));
                } catch (IllegalArgumentException e) {
                    error(path, "element " + i + ": " + e.getMessage());
                    return;
                }
                if (!seen.add(step)) {
                    error(path, "duplicate entries for key " + step);
                }
            }
            value(new Path(path, step), list.element(), elements.get(i));
        }
    }
}
