package dev.kubepki.server.patch;

import dev.kubepki.api.failure.Failures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Strategic merge of one list.
///
/// @param element the schema of its elements
/// @param mergeKey by which elements that are objects are found; empty for lists of scalars
record ListMerge(PatchSchema element, String mergeKey) {
    static ArrayNode list(JsonNode value) {
        if (value instanceof ArrayNode list) {
            return list;
        }
        throw badType("[]interface {}", value);
    }

    private static RuntimeException badType(String expected, JsonNode actual) {
        return Failures.raw("expected a " + expected + ", but received a " + GoText.type(actual));
    }

    /// Merges the elements of a patch; both lists may change.
    ArrayNode merge(ArrayNode original, ArrayNode patch) {
        if (original.isEmpty() && patch.isEmpty()) {
            return original;
        }
        ArrayNode before = original.arrayNode().addAll(original);
        boolean objects = checkElements(original, patch);
        if (objects && mergeKey.isEmpty()) {
            throw Failures.raw("cannot merge lists without merge key for " + element.goKind());
        }
        if (!objects) {
            return ordered(distinct(original, patch), patch, before);
        }
        ArrayNode plain = patch.arrayNode();
        ArrayNode kept = original;
        boolean replace = false;
        for (JsonNode item : patch) {
            JsonNode directive = item.get(StrategicMergePatch.DIRECTIVE);
            if (directive == null) {
                plain.add(item);
            } else if (directive(directive, (ObjectNode) item)) {
                replace = true;
            } else {
                kept = without(kept, Set.of(key(item)));
            }
        }
        return replace ? ordered(plain, plain.arrayNode(), null) : ordered(mergeObjects(kept, plain), plain, before);
    }

    /// Whether the directive replaces the list; if not, it deletes the element.
    private boolean directive(JsonNode directive, ObjectNode item) {
        String text = directive.isString() ? directive.stringValue() : "";
        switch (text) {
            case "delete" -> key(item);
            case "replace" -> {
                return true;
            }
            case "merge" -> throw Failures.raw("merging lists cannot yet be specified in the patch");
            default -> throw StrategicMergePatch.unknownDirective(directive, item);
        }
        return false;
    }

    private ArrayNode mergeObjects(ArrayNode original, ArrayNode patch) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < original.size(); i++) {
            JsonNode value = original.get(i).get(mergeKey);
            if (value != null) {
                places.putIfAbsent(Values.key(value), i);
            }
        }
        for (JsonNode item : patch) {
            String key = key(item);
            Integer place = places.get(key);
            if (place == null) {
                places.put(key, original.size());
                original.add(item);
            } else {
                original.set(
                        place,
                        StrategicMergePatch.mergeObject((ObjectNode) original.get(place), (ObjectNode) item, element));
            }
        }
        return original;
    }

    private static ArrayNode distinct(ArrayNode original, ArrayNode patch) {
        ArrayNode merged = original.arrayNode();
        Set<String> seen = new HashSet<>();
        for (ArrayNode list : List.of(original, patch)) {
            for (JsonNode item : list) {
                if (seen.add(Values.key(item))) {
                    merged.add(item);
                }
            }
        }
        return merged;
    }

    /// Without the scalars of `unwanted`.
    ArrayNode delete(ArrayNode original, ArrayNode unwanted) {
        if (!original.isEmpty() || !unwanted.isEmpty()) {
            checkElements(original, unwanted);
        }
        Set<String> keys = new HashSet<>();
        unwanted.forEach(item -> keys.add(Values.key(item)));
        ArrayNode kept = original.arrayNode();
        original.forEach(item -> {
            if (!keys.contains(Values.key(item))) {
                kept.add(item);
            }
        });
        return kept;
    }

    private ArrayNode without(ArrayNode list, Set<String> keys) {
        ArrayNode kept = list.arrayNode();
        list.forEach(item -> {
            JsonNode value = item.get(mergeKey);
            if (value == null || !keys.contains(Values.key(value))) {
                kept.add(item);
            }
        });
        return kept;
    }

    /// Whether the elements are objects; all must be of one type.
    private static boolean checkElements(ArrayNode original, ArrayNode patch) {
        String type = "";
        for (ArrayNode list : List.of(original, patch)) {
            for (JsonNode item : list) {
                if (item.isArray()) {
                    throw Failures.rejected();
                }
                if (!type.isEmpty() && !type.equals(GoText.type(item))) {
                    throw Failures.raw("list element types are not identical: [" + GoText.print(original) + " "
                            + GoText.print(patch) + "]");
                }
                type = GoText.type(item);
            }
        }
        return type.equals("map[string]interface {}");
    }

    private String key(JsonNode item) {
        if (!(item instanceof ObjectNode object)) {
            throw badType("map[string]interface {}", item);
        }
        JsonNode value = object.get(mergeKey);
        if (value == null) {
            throw Failures.raw("map: " + GoText.print(object) + " does not contain declared merge key: " + mergeKey);
        }
        return Values.key(value);
    }

    private String place(JsonNode item) {
        return mergeKey.isEmpty() ? Values.key(item) : key(item);
    }

    private Map<String, Integer> places(Iterable<JsonNode> list) {
        Map<String, Integer> places = new HashMap<>();
        for (JsonNode item : list) {
            places.putIfAbsent(place(item), places.size());
        }
        return places;
    }

    /// The elements of the patch must stand in the order that it sets.
    void checkOrder(ArrayNode patch, ArrayNode order) {
        if (patch.isEmpty() || order.isEmpty()) {
            return;
        }
        int next = 0;
        for (JsonNode item : patch) {
            if (item.has(StrategicMergePatch.DIRECTIVE)) {
                continue;
            }
            String wanted = place(item);
            while (next < order.size() && !place(order.get(next)).equals(wanted)) {
                next++;
            }
            if (next++ >= order.size()) {
                throw Failures.raw("The order in patch list:\n" + GoText.print(patch)
                        + "\n doesn't match $setElementOrder list:\n" + GoText.print(order) + "\n");
            }
        }
    }

    /// Elements of the order in that order, the others between them about where they stood before.
    ArrayNode ordered(ArrayNode merged, ArrayNode order, @Nullable ArrayNode before) {
        Map<String, Integer> wanted = places(order);
        Map<String, Integer> old = before == null ? Map.of() : places(before);
        List<JsonNode> named = new ArrayList<>();
        List<JsonNode> others = new ArrayList<>();
        merged.forEach(item -> (wanted.containsKey(place(item)) ? named : others).add(item));
        named.sort(Comparator.comparing(item -> wanted.getOrDefault(place(item), -1)));
        others.sort(Comparator.comparing(item -> old.getOrDefault(place(item), Integer.MAX_VALUE)));
        ArrayNode all = merged.arrayNode(merged.size());
        int i = 0;
        for (JsonNode item : named) {
            Integer here = old.get(place(item));
            while (here != null && i < others.size() && before(old, others.get(i), here)) {
                all.add(others.get(i++));
            }
            all.add(item);
        }
        while (i < others.size()) {
            all.add(others.get(i++));
        }
        return all;
    }

    private boolean before(Map<String, Integer> old, JsonNode item, int place) {
        Integer stood = old.get(place(item));
        return stood != null && stood < place;
    }
}
