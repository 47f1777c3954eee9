package dev.kubepki.server.patch;

import dev.kubepki.api.failure.Rendering;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One step into an object: a field, or an element of a list by its keys, its value or its index.
sealed interface PathElement extends Comparable<PathElement> {
    /// As it stands in FieldsV1: `f:labels`, `k:{"type":"Approved"}`, `v:"x"`, `i:0`.
    String encoded();

    /// As it stands in messages: `.labels`, `[type="Approved"]`, `[="x"]`, `[0]`.
    @Override
    String toString();

    /// Null for a kind of step that is not known: it is passed over.
    ///
    /// @throws IllegalArgumentException for what is no step
    static @Nullable PathElement parse(String encoded) {
        if (encoded.length() < 2) {
            throw new IllegalArgumentException("key must be 2 characters long:");
        }
        if (encoded.charAt(1) != ':') {
            throw new IllegalArgumentException("missing colon: " + encoded);
        }
        String text = encoded.substring(2);
        return switch (encoded.charAt(0)) {
            case 'f' -> new Name(text);
            case 'k' -> new Key(new ScalarReader(text).object());
            case 'v' -> new Value(new ScalarReader(text).scalar());
            case 'i' -> new Index(Integer.parseInt(text));
            default -> null;
        };
    }

    @Override
    default int compareTo(PathElement other) {
        return switch (this) {
            case Name name -> other instanceof Name that ? Values.compareTexts(name.name, that.name) : -1;
            case Key key -> {
                if (other instanceof Key that) {
                    yield Key.compare(key.fields, that.fields);
                }
                yield other instanceof Name ? 1 : -1;
            }
            case Value value -> {
                if (other instanceof Value that) {
                    yield Values.compare(value.value, that.value);
                }
                yield other instanceof Index ? -1 : 1;
            }
            case Index index -> other instanceof Index that ? Integer.compare(index.index, that.index) : 1;
        };
    }

    /// A field of a message or an entry of a map.
    record Name(String name) implements PathElement {
        @Override
        public String encoded() {
            return "f:" + name;
        }

        @Override
        public String toString() {
            return "." + name;
        }
    }

    /// An element of a list of messages, by the values of its keys in order of their names.
    record Key(SortedMap<String, JsonNode> fields) implements PathElement {
        static Key of(String name, JsonNode value) {
            SortedMap<String, JsonNode> fields = new TreeMap<>(Values::compareTexts);
            fields.put(name, value);
            return new Key(fields);
        }

        private static int compare(SortedMap<String, JsonNode> left, SortedMap<String, JsonNode> right) {
            Iterator<Map.Entry<String, JsonNode>> others = right.entrySet().iterator();
            for (Map.Entry<String, JsonNode> field : left.entrySet()) {
                if (!others.hasNext()) {
                    return 1;
                }
                Map.Entry<String, JsonNode> other = others.next();
                int byName = Values.compareTexts(field.getKey(), other.getKey());
                int order = byName != 0 ? byName : Values.compare(field.getValue(), other.getValue());
                if (order != 0) {
                    return order;
                }
            }
            return others.hasNext() ? -1 : 0;
        }

        @Override
        public String encoded() {
            StringBuilder out = new StringBuilder("k:{");
            for (Map.Entry<String, JsonNode> field : fields.entrySet()) {
                if (out.length() > 3) {
                    out.append(',');
                }
                GoJson.quote(out, field.getKey());
                out.append(':');
                GoJson.write(out, field.getValue());
            }
            return out.append('}').toString();
        }

        @Override
        public String toString() {
            StringBuilder out = new StringBuilder("[");
            for (Map.Entry<String, JsonNode> field : fields.entrySet()) {
                if (out.length() > 1) {
                    out.append(',');
                }
                out.append(field.getKey()).append('=').append(Value.text(field.getValue()));
            }
            return out.append(']').toString();
        }
    }

    /// An element of a set of scalars.
    record Value(JsonNode value) implements PathElement {
        private static String text(JsonNode value) {
            return value.isString() ? Rendering.quote(value.stringValue()) : value.toString();
        }

        @Override
        public String encoded() {
            StringBuilder out = new StringBuilder("v:");
            GoJson.write(out, value);
            return out.toString();
        }

        @Override
        public String toString() {
            return "[=" + text(value) + "]";
        }
    }

    /// An element of a list by its place.
    record Index(int index) implements PathElement {
        @Override
        public String encoded() {
            return "i:" + index;
        }

        @Override
        public String toString() {
            return "[" + index + "]";
        }
    }
}
