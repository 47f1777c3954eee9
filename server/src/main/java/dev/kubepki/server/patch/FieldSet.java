package dev.kubepki.server.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A set of places in an object, as FieldsV1 writes it. It is a tree in the order of its steps, and never changes.
final class FieldSet {
    /// Nothing.
    static final FieldSet EMPTY = new FieldSet(List.of());

    private final List<Node> nodes;

    private FieldSet(List<Node> nodes) {
        this.nodes = nodes;
    }

    /// A step, whether the place itself is in the set, and what is inside it. A node without either is never kept.
    record Node(PathElement element, boolean member, FieldSet children) {}

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    List<Node> nodes() {
        return nodes;
    }

    /// The node of a step; null when nothing of the set is there.
    @Nullable
    Node node(PathElement element) {
        int low = 0;
        int high = nodes.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = nodes.get(middle).element.compareTo(element);
            if (order == 0) {
                return nodes.get(middle);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    boolean contains(@Nullable Path path) {
        if (path == null) {
            return false;
        }
        FieldSet holder = within(path.parent());
        Node node = holder.node(path.last());
        return node != null && node.member;
    }

    private FieldSet within(@Nullable Path path) {
        if (path == null) {
            return this;
        }
        Node node = within(path.parent()).node(path.last());
        return node == null ? EMPTY : node.children;
    }

    /// What is made of two nodes of the same step, of which one may be missing; null leaves the step out.
    private interface Joint {
        @Nullable
        Node join(@Nullable Node left, @Nullable Node right);
    }

    private FieldSet zip(FieldSet other, Joint joint) {
        List<Node> joined = new ArrayList<>(nodes.size() + other.nodes.size());
        int i = 0;
        int j = 0;
        while (i < nodes.size() || j < other.nodes.size()) {
            Node left = i < nodes.size() ? nodes.get(i) : null;
            Node right = j < other.nodes.size() ? other.nodes.get(j) : null;
            int order = left == null ? 1 : right == null ? -1 : left.element.compareTo(right.element);
            Node node = joint.join(order <= 0 ? left : null, order >= 0 ? right : null);
            if (node != null) {
                joined.add(node);
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return joined.isEmpty() ? EMPTY : new FieldSet(joined);
    }

    private static @Nullable Node node(PathElement element, boolean member, FieldSet children) {
        return member || !children.isEmpty() ? new Node(element, member, children) : null;
    }

    /// With another node of the same step for each.
    FieldSet each(UnaryOperator<Node> change) {
        return isEmpty() ? this : new FieldSet(nodes.stream().map(change).toList());
    }

    FieldSet union(FieldSet other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        return zip(other, (left, right) -> {
            if (left == null || right == null) {
                return left == null ? right : left;
            }
            return node(left.element, left.member || right.member, left.children.union(right.children));
        });
    }

    FieldSet intersection(FieldSet other) {
        if (isEmpty() || other.isEmpty()) {
            return EMPTY;
        }
        return zip(
                other,
                (left, right) -> left == null || right == null
                        ? null
                        : node(left.element, left.member && right.member, left.children.intersection(right.children)));
    }

    FieldSet difference(FieldSet other) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        return zip(
                other,
                (left, right) -> left == null || right == null
                        ? left
                        : node(left.element, left.member && !right.member, left.children.difference(right.children)));
    }

    /// Without the places of the other set and all that is inside them.
    FieldSet withoutTrees(FieldSet other) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        return zip(other, (left, right) -> {
            if (left == null || right == null) {
                return left;
            }
            return right.member ? null : node(left.element, left.member, left.children.withoutTrees(right.children));
        });
    }

    /// Each place, members of a level before what is inside them.
    void forEach(Consumer<Path> action) {
        forEach(null, action);
    }

    private void forEach(@Nullable Path at, Consumer<Path> action) {
        for (Node node : nodes) {
            if (node.member) {
                action.accept(new Path(at, node.element));
            }
        }
        for (Node node : nodes) {
            node.children.forEach(new Path(at, node.element), action);
        }
    }

    /// Whether it has a place in common with FieldsV1 that stands as [#encode] writes it.
    boolean touches(JsonNode fields) {
        for (Node node : nodes) {
            JsonNode inner = fields.get(node.element.encoded());
            if (inner == null) {
                continue;
            }
            boolean owned = inner.isEmpty() || inner.has(".");
            if ((node.member && owned) || node.children.touches(inner)) {
                return true;
            }
        }
        return false;
    }

    /// As FieldsV1.
    ObjectNode encode() {
        return encode(JsonNodeFactory.instance.objectNode());
    }

    private ObjectNode encode(ObjectNode into) {
        for (Node node : nodes) {
            ObjectNode inner = into.putObject(node.element.encoded());
            if (node.member && !node.children.isEmpty()) {
                inner.putObject(".");
            }
            node.children.encode(inner);
        }
        return into;
    }

    /// From FieldsV1.
    ///
    /// @throws IllegalArgumentException when it is none
    static FieldSet parse(JsonNode fields) {
        Builder builder = new Builder();
        builder.read(fields);
        return builder.build();
    }

    /// From paths of plain names: `spec`, `status.conditions`.
    static FieldSet ofPaths(Iterable<String> paths) {
        Builder builder = new Builder();
        for (String text : paths) {
            Path path = null;
            int start = 0;
            for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
                path = Path.of(path, text.substring(start, dot));
                start = dot + 1;
            }
            builder.add(Path.of(path, text.substring(start)));
        }
        return builder.build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldSet that && nodes.equals(that.nodes);
    }

    @Override
    public int hashCode() {
        return nodes.hashCode();
    }

    @Override
    public String toString() {
        return encode().toString();
    }

    /// Gathers places.
    static final class Builder {
        private final Map<PathElement, Builder> children = new TreeMap<>();
        private boolean member;

        /// Adds a place; the whole object is never one.
        void add(@Nullable Path path) {
            if (path != null) {
                at(path).member = true;
            }
        }

        private Builder at(@Nullable Path path) {
            return path == null
                    ? this
                    : at(path.parent()).children.computeIfAbsent(path.last(), element -> new Builder());
        }

        /// Reads what is inside a place; a place with nothing inside is itself in the set.
        private boolean read(JsonNode fields) {
            if (fields.isNull()) {
                return true;
            }
            if (!fields.isObject()) {
                throw new IllegalArgumentException("expect { or n, but found " + fields);
            }
            boolean self = false;
            for (Map.Entry<String, JsonNode> entry : fields.properties()) {
                PathElement element = entry.getKey().equals(".") ? null : PathElement.parse(entry.getKey());
                if (element == null) {
                    self |= entry.getKey().equals(".");
                    continue;
                }
                Builder inner = children.computeIfAbsent(element, key -> new Builder());
                inner.member |= inner.read(entry.getValue());
            }
            return self || children.isEmpty();
        }

        FieldSet build() {
            List<Node> nodes = new ArrayList<>(children.size());
            children.forEach((element, inner) -> {
                FieldSet within = inner.build();
                if (inner.member || !within.isEmpty()) {
                    nodes.add(new Node(element, inner.member, within));
                }
            });
            return nodes.isEmpty() ? EMPTY : new FieldSet(nodes);
        }
    }
}
