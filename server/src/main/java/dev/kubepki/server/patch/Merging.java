package dev.kubepki.server.patch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Merges a configuration into an object: what the configuration says holds, what it does not mention stays.
final class Merging {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Merging() {}

    static ObjectNode merge(Shape shape, ObjectNode live, ObjectNode configuration) {
        return value(shape, live, configuration) instanceof ObjectNode merged ? merged : NODES.objectNode();
    }

    /// Null when nothing is left. Of the two at least one is there.
    private static @Nullable JsonNode value(Shape shape, @Nullable JsonNode live, @Nullable JsonNode applied) {
        boolean nothingInside = isBare(live) && isBare(applied);
        if (shape.atomic() || nothingInside) {
            return last(live, applied);
        }
        if (shape instanceof Shape.Sequence list) {
            return list(list, asList(live), asList(applied));
        }
        boolean objects =
                (isBare(live) || live instanceof ObjectNode) && (isBare(applied) || applied instanceof ObjectNode);
        return objects ? object(shape, asObject(live), asObject(applied)) : last(live, applied);
    }

    private static boolean isBare(@Nullable JsonNode value) {
        return value == null || value.isNull() || (value.isContainer() && value.isEmpty());
    }

    private static @Nullable JsonNode last(@Nullable JsonNode live, @Nullable JsonNode applied) {
        return applied != null ? applied.deepCopy() : live;
    }

    private static ObjectNode asObject(@Nullable JsonNode value) {
        return value instanceof ObjectNode object ? object : NODES.objectNode();
    }

    private static ArrayNode asList(@Nullable JsonNode value) {
        return value instanceof ArrayNode list ? list : NODES.arrayNode();
    }

    private static @Nullable ObjectNode object(Shape shape, ObjectNode live, ObjectNode applied) {
        ObjectNode merged = NODES.objectNode();
        for (Map.Entry<String, JsonNode> entry : live.properties()) {
            put(merged, shape, entry.getKey(), entry.getValue(), applied.get(entry.getKey()));
        }
        for (Map.Entry<String, JsonNode> entry : applied.properties()) {
            if (!live.has(entry.getKey())) {
                put(merged, shape, entry.getKey(), null, entry.getValue());
            }
        }
        return merged.isEmpty() ? null : merged;
    }

    private static void put(
            ObjectNode merged, Shape shape, String name, @Nullable JsonNode live, @Nullable JsonNode applied) {
        Shape inner = shape.field(name);
        JsonNode value = value(inner == null ? Shapes.OPAQUE : inner, live, applied);
        if (value != null) {
            merged.set(name, value);
        }
    }

    private static @Nullable ArrayNode list(Shape.Sequence list, ArrayNode live, ArrayNode applied) {
        ArrayNode merged = new ListWalk(list, live, applied).run();
        return merged.isEmpty() ? null : merged;
    }

    /// Elements that only the live list has keep their places among those that both have; else the order is that of the
    /// configuration.
    private static final class ListWalk {
        private final Shape.Sequence list;
        private final ArrayNode live;
        private final List<PathElement> left;
        private final List<PathElement> right;
        private final NavigableMap<PathElement, JsonNode> ofLive;
        private final NavigableMap<PathElement, JsonNode> ofApplied;
        private final Deque<PathElement> shared = new ArrayDeque<>();
        private final Set<PathElement> done = new TreeSet<>();
        private final ArrayNode merged = NODES.arrayNode();
        private int i;
        private int j;

        ListWalk(Shape.Sequence list, ArrayNode live, ArrayNode applied) {
            this.list = list;
            this.live = live;
            this.left = steps(list, live);
            this.right = steps(list, applied);
            this.ofLive = byStep(left, live);
            this.ofApplied = byStep(right, applied);
            right.stream().filter(ofLive::containsKey).forEach(shared::add);
        }

        private static List<PathElement> steps(Shape.Sequence list, ArrayNode elements) {
            List<PathElement> steps = new ArrayList<>(elements.size());
            elements.forEach(element -> steps.add(Elements.step(list, element)));
            return steps;
        }

        /// Elements of which there are several of one step are not merged with: they count as null.
        private static NavigableMap<PathElement, JsonNode> byStep(List<PathElement> steps, ArrayNode elements) {
            NavigableMap<PathElement, JsonNode> found = new TreeMap<>();
            for (int i = 0; i < steps.size(); i++) {
                found.merge(steps.get(i), elements.get(i), (one, other) -> NODES.nullNode());
            }
            return found;
        }

        ArrayNode run() {
            while (i < left.size() || j < right.size()) {
                if (i < left.size() && j < right.size() && left.get(i).compareTo(right.get(j)) == 0) {
                    takeBoth(left.get(i));
                    i++;
                    j++;
                    shared.poll();
                } else if (!passesLeft() && j < right.size()) {
                    takeRight(right.get(j++));
                }
            }
            return merged;
        }

        /// Whether the walk went on in the live list without needing one of the configuration.
        private boolean passesLeft() {
            if (i >= left.size()) {
                return false;
            }
            PathElement step = left.get(i);
            boolean inBoth = ofApplied.containsKey(step);
            PathElement next = shared.peek();
            if (inBoth && j < right.size() && next != null && next.compareTo(step) != 0) {
                // Of both, but not the one whose turn it is.
                i++;
                return true;
            }
            if (!inBoth) {
                add(value(list.element(), live.get(i), null));
                i++;
                return true;
            }
            if (done.contains(step)) {
                i++;
            }
            return false;
        }

        private void takeRight(PathElement step) {
            takeBoth(step);
            PathElement next = shared.peek();
            if (next != null && next.compareTo(step) == 0) {
                shared.poll();
            }
        }

        private void takeBoth(PathElement step) {
            done.add(step);
            add(value(list.element(), ofLive.get(step), ofApplied.get(step)));
        }

        private void add(@Nullable JsonNode value) {
            if (value != null) {
                merged.add(value);
            }
        }
    }
}
