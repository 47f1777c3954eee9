package dev.kubepki.api.codec;

import dev.kubepki.api.schema.Field;
import dev.kubepki.api.schema.Field.Shape;
import dev.kubepki.api.schema.FieldType;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.ScalarType;
import dev.kubepki.api.schema.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The empty values of fields: which are left out of an object, and which stand in it although nobody gave them.
final class Zero {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Zero() {}

    /// Whether an object is written without that value.
    static boolean omitted(Field field, JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> true;
            case OBJECT -> field.shape() == Shape.MAP && value.isEmpty() && !field.required();
            case ARRAY -> value.isEmpty() && !field.required();
            case STRING -> !kept(field) && value.stringValue().isEmpty();
            case BOOLEAN -> !kept(field) && !value.booleanValue();
            case NUMBER -> !kept(field) && isScalar(field) && value.doubleValue() == 0;
            default -> false;
        };
    }

    private static boolean kept(Field field) {
        return field.required() || field.pointer();
    }

    private static boolean isScalar(Field field) {
        return field.type() instanceof FieldType.Scalar(ScalarType type) && type != ScalarType.RAW;
    }

    /// What a required field holds when nobody gave it; null when that is null.
    static @Nullable JsonNode of(Field field, Schema schema) {
        return field.shape() != Shape.SINGLE || field.pointer() ? null : element(field.type(), schema);
    }

    /// What an element holds that was given as null; null when that is null.
    static @Nullable JsonNode element(FieldType type, Schema schema) {
        return switch (type) {
            case FieldType.Message message -> fill(NODES.objectNode(), schema.message(message), schema);
            case FieldType.Scalar(ScalarType scalar) ->
                switch (scalar) {
                    case STRING -> NODES.stringNode("");
                    case BOOL -> NODES.booleanNode(false);
                    case INT32, INT64, INT_OR_STRING, DOUBLE -> NODES.numberNode(0);
                    case QUANTITY -> NODES.stringNode("0");
                    case DURATION -> NODES.stringNode("0s");
                    // None and an empty list of texts are one in protobuf.
                    case STRINGS -> NODES.arrayNode();
                    case BYTES, TIME, MICRO_TIME, RAW, FIELDS_V1 -> null;
                };
        };
    }

    /// The object with its required fields, as far as they are not null when nobody gave them.
    static ObjectNode fill(ObjectNode object, MessageType type, Schema schema) {
        for (Field field : type.required()) {
            if (!object.has(field.name())) {
                JsonNode zero = of(field, schema);
                if (zero != null) {
                    object.set(field.name(), zero);
                }
            }
        }
        return object;
    }
}
