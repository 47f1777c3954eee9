package dev.kubepki.server.patch;

import dev.kubepki.api.schema.Field.ListType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// How server-side apply sees a value: what is inside it, and what is one value that has one owner.
sealed interface Shape {
    /// Kinds of scalars.
    enum Kind {
        TEXT,
        /// Bytes and times: texts that are null, and not empty, when there are none.
        DATA,
        NUMBER,
        TRUTH,
        /// Any scalar.
        ANY
    }

    /// Whether it is one value, whatever is inside it.
    default boolean atomic() {
        return false;
    }

    /// The shape of a field; null when it is not known.
    default @Nullable Shape field(String name) {
        return null;
    }

    /// Whether the field is one of a message, and not an entry of a map.
    default boolean declares(String name) {
        return false;
    }

    /// A scalar.
    record Scalar(Kind kind) implements Shape {
        @Override
        public boolean atomic() {
            return true;
        }
    }

    /// A value of any form, taken as one.
    record Opaque() implements Shape {
        @Override
        public boolean atomic() {
            return true;
        }

        @Override
        public Shape field(String name) {
            return this;
        }
    }

    /// A value of a kind whose fields are not known: each field of an object has an owner, a list has one.
    record Deduced() implements Shape {
        @Override
        public Shape field(String name) {
            return this;
        }
    }

    /// A map from texts.
    record Table(Shape element, boolean atomic) implements Shape {
        @Override
        public Shape field(String name) {
            return element;
        }
    }

    /// A list.
    record Sequence(Shape element, ListType type, List<String> keys) implements Shape {
        @Override
        public boolean atomic() {
            return type == ListType.ATOMIC;
        }
    }

    /// A message; its members are looked up late, as messages contain themselves.
    record Struct(Supplier<Map<String, Member>> lookup, boolean atomic) implements Shape {
        Collection<Member> members() {
            return lookup.get().values();
        }

        @Override
        public @Nullable Shape field(String name) {
            Member member = lookup.get().get(name);
            return member == null ? null : member.shape();
        }

        @Override
        public boolean declares(String name) {
            return lookup.get().containsKey(name);
        }
    }

    /// A field of a message.
    ///
    /// @param required whether it is written even when it is empty
    /// @param pointer whether an empty value differs from none
    record Member(String name, Shape shape, boolean required, boolean pointer) {
        /// The value that the server's own form of a message has: what is empty and may be left out is absent, what
        /// may not be left out is never absent.
        @Nullable
        JsonNode normal(@Nullable JsonNode value) {
            if (required) {
                return value == null || value.isNull() ? zero() : value;
            }
            return value == null || isLeftOut(value) ? null : value;
        }

        private boolean isLeftOut(JsonNode value) {
            return switch (value.getNodeType()) {
                case NULL -> true;
                // Only an optional message is a pointer that can be empty; other empty objects are maps.
                case OBJECT -> shape instanceof Table && value.isEmpty();
                case ARRAY -> value.isEmpty();
                case STRING -> !pointer && value.stringValue().isEmpty();
                case NUMBER -> !pointer && value.doubleValue() == 0;
                case BOOLEAN -> !pointer && !value.booleanValue();
                default -> false;
            };
        }

        private JsonNode zero() {
            JsonNodeFactory nodes = JsonNodeFactory.instance;
            if (pointer) {
                return nodes.nullNode();
            }
            return switch (shape) {
                case Struct struct -> nodes.objectNode();
                case Scalar scalar ->
                    switch (scalar.kind()) {
                        case TEXT -> nodes.stringNode("");
                        case NUMBER -> nodes.numberNode(0);
                        case TRUTH -> nodes.booleanNode(false);
                        case DATA, ANY -> nodes.nullNode();
                    };
                default -> nodes.nullNode();
            };
        }
    }
}
