package dev.kubepki.server.patch;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What an object differs in from another.
///
/// @param removed places that only the first has
/// @param modified places that both have, with other values
/// @param added places that only the second has
record Comparison(FieldSet removed, FieldSet modified, FieldSet added) {
    /// All three.
    FieldSet changed() {
        return removed.union(set());
    }

    /// What the second set: modified or added.
    FieldSet set() {
        return modified.union(added);
    }

    /// Compares two objects in the server's own form: a missing first one counts as an empty one.
    ///
    /// @param ignored places that are not looked at
    static Comparison ofNormal(Shape shape, @Nullable ObjectNode before, ObjectNode after, FieldSet ignored) {
        Walk walk = new Walk(true);
        walk.object(null, shape, before == null ? after.objectNode() : before, after, ignored);
        return walk.done();
    }

    /// Compares two objects as they stand.
    static Comparison ofGiven(Shape shape, ObjectNode before, ObjectNode after, FieldSet ignored) {
        Walk walk = new Walk(false);
        walk.object(null, shape, before, after, ignored);
        return walk.done();
    }

    /// One comparison. Of each pair of values at least one is there; null is an absent one, which JSON's null is not.
    private static final class Walk {
        private final boolean normal;
        private final FieldSet.Builder removed = new FieldSet.Builder();
        private final FieldSet.Builder modified = new FieldSet.Builder();
        private final FieldSet.Builder added = new FieldSet.Builder();

        Walk(boolean normal) {
            this.normal = normal;
        }

        Comparison done() {
            return new Comparison(removed.build(), modified.build(), added.build());
        }

        private void value(
                Path path, Shape shape, @Nullable JsonNode before, @Nullable JsonNode after, FieldSet ignored) {
            boolean nothingInside = isBare(before) && isBare(after);
            if (shape.atomic() || nothingInside) {
                leaf(path, before, after);
                return;
            }
            if (shape instanceof Shape.Sequence list) {
                elements(path, list, before, after, ignored);
            } else if (isObject(before, after)) {
                object(path, shape, asObject(before), asObject(after), ignored);
            } else {
                leaf(path, before, after);
                return;
            }
            if (before == null) {
                added.add(path);
            } else if (after == null) {
                removed.add(path);
            }
        }

        private static boolean isBare(@Nullable JsonNode value) {
            return value == null || value.isNull() || (value.isContainer() && value.isEmpty());
        }

        private static boolean isObject(@Nullable JsonNode before, @Nullable JsonNode after) {
            return (isBare(before) || before instanceof ObjectNode) && (isBare(after) || after instanceof ObjectNode);
        }

        private static @Nullable ObjectNode asObject(@Nullable JsonNode value) {
            return value instanceof ObjectNode object ? object : null;
        }

        private void leaf(Path path, @Nullable JsonNode before, @Nullable JsonNode after) {
            if (before == null) {
                added.add(path);
            } else if (after == null) {
                removed.add(path);
            } else if (!Values.equal(before, after)) {
                modified.add(path);
            }
        }

        void object(
                @Nullable Path path,
                Shape shape,
                @Nullable ObjectNode before,
                @Nullable ObjectNode after,
                FieldSet ignored) {
            if (normal && shape instanceof Shape.Struct struct) {
                for (Shape.Member member : struct.members()) {
                    JsonNode left = before == null ? null : member.normal(before.get(member.name()));
                    JsonNode right = after == null ? null : member.normal(after.get(member.name()));
                    field(path, member.name(), member.shape(), left, right, ignored);
                }
                return;
            }
            if (before != null) {
                for (Map.Entry<String, JsonNode> entry : before.properties()) {
                    JsonNode right = after == null ? null : after.get(entry.getKey());
                    named(path, shape, entry.getKey(), entry.getValue(), right, ignored);
                }
            }
            if (after != null) {
                for (Map.Entry<String, JsonNode> entry : after.properties()) {
                    if (before == null || !before.has(entry.getKey())) {
                        named(path, shape, entry.getKey(), null, entry.getValue(), ignored);
                    }
                }
            }
        }

        private void named(
                @Nullable Path path,
                Shape shape,
                String name,
                @Nullable JsonNode before,
                @Nullable JsonNode after,
                FieldSet ignored) {
            Shape inner = shape.field(name);
            field(path, name, inner == null ? Shapes.OPAQUE : inner, before, after, ignored);
        }

        private void field(
                @Nullable Path path,
                String name,
                Shape shape,
                @Nullable JsonNode before,
                @Nullable JsonNode after,
                FieldSet ignored) {
            if (before == null && after == null) {
                return;
            }
            if (before != null && after != null && shape.atomic() && Values.equal(before, after)) {
                return;
            }
            Path here = Path.of(path, name);
            if (ignored.isEmpty()) {
                value(here, shape, before, after, ignored);
                return;
            }
            FieldSet.Node skip = ignored.node(here.last());
            if (skip == null || !skip.member()) {
                value(here, shape, before, after, skip == null ? FieldSet.EMPTY : skip.children());
            }
        }

        private void elements(
                Path path, Shape.Sequence list, @Nullable JsonNode before, @Nullable JsonNode after, FieldSet ignored) {
            SortedMap<PathElement, List<JsonNode>> left = Elements.index(list, before);
            SortedMap<PathElement, List<JsonNode>> right = Elements.index(list, after);
            SortedSet<PathElement> steps = new TreeSet<>(left.keySet());
            steps.addAll(right.keySet());
            for (PathElement step : steps) {
                List<JsonNode> these = left.getOrDefault(step, List.of());
                List<JsonNode> those = right.getOrDefault(step, List.of());
                same(new Path(path, step), list.element(), these, those, ignored);
            }
        }

        /// Elements of one step. Several, where there should be one, count as one value.
        private void same(Path path, Shape shape, List<JsonNode> before, List<JsonNode> after, FieldSet ignored) {
            JsonNode left = before.isEmpty() ? null : before.getFirst();
            JsonNode right = after.isEmpty() ? null : after.getFirst();
            boolean many = before.size() > 1;
            if (!many && after.size() <= 1) {
                FieldSet.Node skip = ignored.node(path.last());
                value(path, shape, left, right, skip == null ? FieldSet.EMPTY : skip.children());
            } else if (many && after.size() > 1) {
                if (!equal(before, after)) {
                    modified.add(path);
                }
            } else if (many) {
                if (right != null) {
                    value(path, shape, null, right, FieldSet.EMPTY);
                }
                removed.add(path);
            } else {
                if (left != null) {
                    value(path, shape, left, null, FieldSet.EMPTY);
                }
                added.add(path);
            }
        }

        private static boolean equal(List<JsonNode> left, List<JsonNode> right) {
            if (left.size() != right.size()) {
                return false;
            }
            for (int i = 0; i < left.size(); i++) {
                if (!Values.equal(left.get(i), right.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }
}
