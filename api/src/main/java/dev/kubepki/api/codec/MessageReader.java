package dev.kubepki.api.codec;

import dev.kubepki.api.schema.Field;
import dev.kubepki.api.schema.FieldType;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.ScalarType;
import dev.kubepki.api.schema.Schema;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads protobuf into the tree of a message, as [TypedReader] would read it from JSON.
final class MessageReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Schema schema;
    private final WireReader in;

    MessageReader(Schema schema, WireReader in) {
        this.schema = schema;
        this.in = in;
    }

    /// The message of all the bytes.
    ObjectNode root(MessageType type) {
        ObjectNode object = NODES.objectNode();
        while (in.next()) {
            field(type, object);
        }
        return finished(object, type);
    }

    private void field(MessageType type, ObjectNode object) {
        Field field = type.field(in.number());
        if (field == null) {
            in.skip();
            return;
        }
        switch (field.shape()) {
            case SINGLE -> single(field, object);
            case LIST -> list(field, object);
            case MAP -> map(field, object);
        }
    }

    private void single(Field field, ObjectNode object) {
        if (field.inline() && field.type() instanceof FieldType.Message message) {
            MessageType inner = schema.message(message);
            in.message(field.name(), ignored -> field(inner, object));
            return;
        }
        // A message that comes in parts is one message.
        JsonNode before = field.type() instanceof FieldType.Message ? object.get(field.name()) : null;
        JsonNode value = element(field.type(), field.name(), before);
        if (value == null || Zero.omitted(field, value)) {
            object.remove(field.name());
        } else {
            object.set(field.name(), value);
        }
    }

    private void list(Field field, ObjectNode object) {
        ArrayNode array = object.get(field.name()) instanceof ArrayNode begun ? begun : object.putArray(field.name());
        if (in.delimited() && field.type() instanceof FieldType.Scalar(ScalarType type) && isNumber(type)) {
            in.packed(ignored -> array.add(number(type, in.packed())));
        } else {
            array.add(given(field.type(), element(field.type(), field.name(), null)));
        }
    }

    private void map(Field field, ObjectNode object) {
        ObjectNode map = object.get(field.name()) instanceof ObjectNode begun ? begun : object.putObject(field.name());
        Entry entry = new Entry();
        in.message(field.name(), ignored -> {
            switch (in.number()) {
                case 1 -> entry.key = in.text(field.name());
                case 2 -> entry.value = element(field.type(), field.name(), null);
                default -> in.skip();
            }
        });
        map.set(entry.key, given(field.type(), entry.value));
    }

    private static final class Entry {
        private String key = "";
        private @Nullable JsonNode value;
    }

    private JsonNode given(FieldType type, @Nullable JsonNode value) {
        JsonNode given = value == null ? Zero.element(type, schema) : value;
        return given == null ? NODES.nullNode() : given;
    }

    private @Nullable JsonNode element(FieldType type, String name, @Nullable JsonNode before) {
        return switch (type) {
            case FieldType.Message message -> message(schema.message(message), name, before);
            case FieldType.Scalar(ScalarType scalar) -> scalar(scalar, name);
        };
    }

    private @Nullable JsonNode message(MessageType type, String name, @Nullable JsonNode before) {
        ObjectNode object = before instanceof ObjectNode begun && !type.union() ? begun : NODES.objectNode();
        in.message(name, ignored -> field(type, object));
        return type.union() ? union(type, object) : finished(object, type);
    }

    private ObjectNode finished(ObjectNode object, MessageType type) {
        return Zero.fill(object, type, schema);
    }

    /// The one value that is set; a boolean only when nothing else is.
    private static JsonNode union(MessageType type, ObjectNode object) {
        boolean allows = false;
        for (Field field : type.fields()) {
            JsonNode value = object.path(field.name());
            if (value.isContainer()) {
                return value;
            }
            allows |= value.booleanValue(false);
        }
        return NODES.booleanNode(allows);
    }

    private @Nullable JsonNode scalar(ScalarType type, String name) {
        return switch (type) {
            case STRING -> NODES.stringNode(in.text(name));
            case BYTES -> NODES.stringNode(Base64Text.of(in.bytes(name)));
            case BOOL, INT32, INT64 -> number(type, in.varint(name));
            case DOUBLE -> finite(in.fixed64(name));
            case TIME, MICRO_TIME -> time(name, type == ScalarType.MICRO_TIME);
            case DURATION -> NODES.stringNode(GoDuration.text(parts(name).number(1)));
            case QUANTITY -> NODES.stringNode(parts(name).text(1));
            case INT_OR_STRING -> intOrString(parts(name));
            case RAW, FIELDS_V1 -> json(parts(name).bytes());
            case STRINGS -> strings(name);
        };
    }

    /// JSON has no word for the others.
    private static JsonNode finite(double value) {
        if (!Double.isFinite(value)) {
            throw DecodeFailure.type("json: unsupported value: " + value);
        }
        return NODES.numberNode(value);
    }

    private static boolean isNumber(ScalarType type) {
        return type == ScalarType.INT32 || type == ScalarType.INT64 || type == ScalarType.BOOL;
    }

    private static JsonNode number(ScalarType type, long value) {
        return switch (type) {
            case BOOL -> NODES.booleanNode(value != 0);
            case INT32 -> NODES.numberNode((int) value);
            default -> Numbers.whole(value);
        };
    }

    /// Null for the time that is none.
    private @Nullable JsonNode time(String name, boolean micro) {
        Parts parts = parts(name);
        long seconds = parts.number(1);
        int nanos = (int) parts.number(2);
        return seconds == 0 && nanos == 0 ? null : NODES.stringNode(Times.of(seconds, micro ? nanos : 0, micro));
    }

    private static JsonNode intOrString(Parts parts) {
        return parts.number(1) == 0 ? NODES.numberNode((int) parts.number(2)) : NODES.stringNode(parts.text(3));
    }

    private static @Nullable JsonNode json(byte[] bytes) {
        if (bytes.length == 0) {
            return null;
        }
        JsonScanner json = new JsonScanner(bytes);
        JsonNode value = new FreeReader(json, new DecodePath()).value();
        json.end();
        return value;
    }

    private JsonNode strings(String name) {
        ArrayNode array = NODES.arrayNode();
        in.message(name, ignored -> {
            if (in.number() == 1) {
                array.add(in.text(name));
            } else {
                in.skip();
            }
        });
        return array;
    }

    /// Reads one of the small messages that JSON shows as one value.
    private Parts parts(String name) {
        Parts parts = new Parts();
        in.message(name, ignored -> {
            int number = in.number();
            if (number > Parts.MOST) {
                in.skip();
            } else if (in.delimited()) {
                parts.texts[number] = in.bytes(name);
            } else {
                parts.numbers[number] = in.varint(name);
            }
        });
        return parts;
    }

    private static final class Parts {
        private static final int MOST = 3;

        private final long[] numbers = new long[MOST + 1];
        private final byte[][] texts = new byte[MOST + 1][0];

        long number(int number) {
            return numbers[number];
        }

        String text(int number) {
            if (!Utf8.valid(texts[number])) {
                throw DecodeFailure.type("proto: a text contains invalid UTF-8");
            }
            return new String(texts[number], StandardCharsets.UTF_8);
        }

        byte[] bytes() {
            return texts[1];
        }
    }
}
