package dev.kubepki.server.patch;

import dev.kubepki.api.failure.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The steps to the elements of lists whose elements have owners of their own.
final class Elements {
    private Elements() {}

    /// @throws IllegalArgumentException, with the API's words, for an element that can't be told from others
    static PathElement step(Shape.Sequence list, JsonNode element) {
        if (list.keys().isEmpty()) {
            return switch (element.getNodeType()) {
                case OBJECT ->
                    throw new IllegalArgumentException(
                            "associative list without keys has an element that's a map type");
                case ARRAY ->
                    throw new IllegalArgumentException("not supported: associative list with lists as elements");
                case NULL ->
                    throw new IllegalArgumentException(
                            "associative list without keys has an element that's an explicit null");
                default -> new PathElement.Value(element);
            };
        }
        if (element.isNull()) {
            throw new IllegalArgumentException("associative list with keys may not have a null element");
        }
        if (!(element instanceof ObjectNode object)) {
            throw new IllegalArgumentException("associative list with keys may not have non-map elements");
        }
        return key(list.keys(), object);
    }

    private static @Nullable PathElement stepOrNone(Shape.Sequence list, JsonNode element) {
        try {
            return step(list, element);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static PathElement key(List<String> names, ObjectNode element) {
        SortedMap<String, JsonNode> fields = new TreeMap<>(Values::compareTexts);
        for (String name : names) {
            JsonNode value = element.get(name);
            if (value != null) {
                fields.put(name, value);
            }
        }
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("associative list with keys has an element that omits all key fields ["
                    + String.join(" ", names.stream().map(Rendering::quote).toList())
                    + "] (and doesn't have default values for any key fields)");
        }
        return new PathElement.Key(fields);
    }

    /// The elements by their steps; elements that can't be told apart are left out.
    static SortedMap<PathElement, List<JsonNode>> index(Shape.Sequence list, @Nullable JsonNode elements) {
        SortedMap<PathElement, List<JsonNode>> index = new TreeMap<>();
        if (elements instanceof ArrayNode array) {
            for (JsonNode element : array) {
                PathElement step = stepOrNone(list, element);
                if (step != null) {
                    index.computeIfAbsent(step, key -> new ArrayList<>(1)).add(element);
                }
            }
        }
        return index;
    }
}
