package dev.kubepki.api.codec;

import dev.kubepki.api.schema.Field;
import dev.kubepki.api.schema.Field.Shape;
import dev.kubepki.api.schema.FieldType;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.Schema;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads JSON into the tree of a message: unknown fields dropped or kept, nulls and what is written empty left out,
/// required messages filled in. A value that does not fit is noted, and reading goes on, as a fault of the syntax
/// behind it has to be told first.
final class TypedReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Schema schema;
    private final JsonScanner in;
    private final DecodePath path;
    private final UnknownFields unknown;
    private final FreeReader free;
    private final ScalarReader scalars;

    TypedReader(Schema schema, JsonScanner in, DecodePath path, UnknownFields unknown) {
        this.schema = schema;
        this.in = in;
        this.path = path;
        this.unknown = unknown;
        // What is inside of values of free form is nobody's fault.
        this.free = new FreeReader(in, new DecodePath());
        this.scalars = new ScalarReader(in, path, free);
    }

    /// The first value that did not fit; null when all did.
    @Nullable
    DecodeFailure fault() {
        return scalars.fault();
    }

    /// The value of a message at the root; anything but an object or null is a fault.
    ObjectNode root(MessageType type) {
        JsonNode node = message(type, type);
        return node instanceof ObjectNode object ? object : Zero.fill(NODES.objectNode(), type, schema);
    }

    /// Null for null and for what does not fit.
    private @Nullable JsonNode message(MessageType type, MessageType owner) {
        if (type.union()) {
            return union(type, owner);
        }
        int c = in.value();
        if (c == 'n') {
            in.literal("null");
            return null;
        }
        if (c != '{') {
            scalars.other(c, goType(type), owner);
            return null;
        }
        ObjectNode object = NODES.objectNode();
        if (in.enter('}')) {
            Set<String> dropped = Set.of();
            do {
                String name = member(type, object, dropped);
                if (!name.isEmpty()) {
                    dropped = dropped.isEmpty() ? new HashSet<>() : dropped;
                    dropped.add(name);
                }
            } while (in.anotherMember());
        }
        return Zero.fill(object, type, schema);
    }

    /// The name of the field whose value was read and left out; else empty.
    private String member(MessageType type, ObjectNode object, Set<String> dropped) {
        String name = in.name();
        Field field = type.field(name);
        if (field != null) {
            if (object.has(name) || dropped.contains(name)) {
                path.duplicate(name);
            }
            path.field(name);
            boolean put = put(object, field, value(field, type));
            path.leave();
            return put ? "" : name;
        }
        if (type.kind() && (name.equals("kind") || name.equals("apiVersion"))) {
            typeMeta(object, name);
        } else if (unknown == UnknownFields.KEEP) {
            object.set(name, free.value());
        } else {
            path.unknown(name);
            free.skip();
        }
        return "";
    }

    private void typeMeta(ObjectNode object, String name) {
        if (object.has(name)) {
            path.duplicate(name);
        }
        JsonNode text = scalars.typeMeta(name);
        if (text != null) {
            object.set(name, text);
        }
    }

    private static boolean put(ObjectNode object, Field field, @Nullable JsonNode value) {
        if (value == null || Zero.omitted(field, value)) {
            object.remove(field.name());
            return false;
        }
        object.set(field.name(), value);
        return true;
    }

    private @Nullable JsonNode value(Field field, MessageType owner) {
        return switch (field.shape()) {
            case SINGLE -> single(field.type(), owner);
            case LIST -> list(field.type(), owner);
            case MAP -> map(field.type(), owner);
        };
    }

    private @Nullable JsonNode single(FieldType type, MessageType owner) {
        return switch (type) {
            case FieldType.Message message -> message(schema.message(message), owner);
            case FieldType.Scalar(var scalar) -> scalars.read(scalar, owner);
        };
    }

    private JsonNode element(FieldType type, MessageType owner) {
        JsonNode value = single(type, owner);
        JsonNode given = value == null ? Zero.element(type, schema) : value;
        return given == null ? NODES.nullNode() : given;
    }

    private @Nullable JsonNode list(FieldType type, MessageType owner) {
        int c = in.value();
        if (c != '[') {
            scalars.other(c, "[]" + goType(type), owner);
            return null;
        }
        ArrayNode array = NODES.arrayNode();
        if (in.enter(']')) {
            do {
                path.index(array.size());
                array.add(element(type, owner));
                path.leave();
            } while (in.anotherElement());
        }
        return array;
    }

    private @Nullable JsonNode map(FieldType type, MessageType owner) {
        int c = in.value();
        if (c != '{') {
            scalars.other(c, "map[string]" + goType(type), owner);
            return null;
        }
        ObjectNode map = NODES.objectNode();
        if (in.enter('}')) {
            do {
                String key = in.name();
                if (map.has(key)) {
                    path.duplicate(key);
                }
                path.key(key);
                map.set(key, element(type, owner));
                path.leave();
            } while (in.anotherMember());
        }
        return map;
    }

    /// The field that the form of the value chooses.
    private @Nullable JsonNode union(MessageType type, MessageType owner) {
        int c = in.value();
        for (Field field : type.fields()) {
            boolean fits = field.shape() == Shape.LIST
                    ? c == '['
                    : field.type() instanceof FieldType.Message ? c == '{' : c == 't' || c == 'f';
            if (fits) {
                return value(field, owner);
            }
        }
        scalars.other(c, goType(type), owner);
        return null;
    }

    private String goType(FieldType type) {
        return switch (type) {
            case FieldType.Message message -> goType(schema.message(message));
            case FieldType.Scalar(var scalar) -> ScalarReader.goType(scalar);
        };
    }

    /// `v1.CertificateSigningRequestSpec`.
    private static String goType(MessageType type) {
        String name = type.name();
        return name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
    }
}
