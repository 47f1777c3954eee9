package dev.kubepki.api.codec;

import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.ScalarType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads the values of scalar fields from JSON. The first one that does not fit is remembered, worded as Go's decoder
/// words it.
final class ScalarReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonScanner in;
    private final DecodePath path;
    private final FreeReader free;
    private @Nullable DecodeFailure fault;

    ScalarReader(JsonScanner in, DecodePath path, FreeReader free) {
        this.in = in;
        this.path = path;
        this.free = free;
    }

    /// Null when all did fit.
    @Nullable
    DecodeFailure fault() {
        return fault;
    }

    static String goType(ScalarType type) {
        return switch (type) {
            case STRING, TIME, MICRO_TIME, DURATION -> "string";
            case BYTES -> "[]uint8";
            case BOOL -> "bool";
            case INT32, INT_OR_STRING -> "int32";
            case INT64 -> "int64";
            case DOUBLE -> "float64";
            case QUANTITY -> "resource.Quantity";
            case RAW -> "runtime.RawExtension";
            case FIELDS_V1 -> "v1.FieldsV1";
            case STRINGS -> "v1.ExtraValue";
        };
    }

    /// Null for null, and for what does not fit.
    @Nullable
    JsonNode read(ScalarType type, MessageType owner) {
        int c = in.value();
        if (c == 'n') {
            in.literal("null");
            return null;
        }
        return switch (type) {
            case STRING -> c == '"' ? NODES.stringNode(in.string()) : other(c, goType(type), owner);
            case BOOL -> c == 't' || c == 'f' ? bool(c) : other(c, goType(type), owner);
            case INT32, INT64, DOUBLE -> isNumber(c) ? number(type, owner) : other(c, goType(type), owner);
            case BYTES, TIME, MICRO_TIME, DURATION -> c == '"' ? text(type) : other(c, goType(type), owner);
            case QUANTITY -> quantity(c, owner);
            case INT_OR_STRING -> intOrString(c);
            case RAW, FIELDS_V1 -> free.value();
            case STRINGS -> strings(c, owner);
        };
    }

    /// The text of `kind` or `apiVersion`; null for null.
    ///
    /// @throws DecodeFailure when it is no text: nothing else of the object matters then
    @Nullable
    JsonNode typeMeta(String name) {
        int c = in.value();
        if (c == '"') {
            return NODES.stringNode(in.string());
        }
        free.skip();
        if (c == 'n') {
            return null;
        }
        throw DecodeFailure.syntax(
                "json: cannot unmarshal " + JsonScanner.form(c) + " into Go struct field ." + name + " of type string");
    }

    /// Passes by a value that is of another form than its field wants.
    @Nullable
    JsonNode other(int c, String wanted, MessageType owner) {
        free.skip();
        if (c != 'n') {
            fault(JsonScanner.form(c), wanted, owner);
        }
        return null;
    }

    private static boolean isNumber(int c) {
        return c == '-' || (c >= '0' && c <= '9');
    }

    private JsonNode bool(int c) {
        in.literal(c == 't' ? "true" : "false");
        return NODES.booleanNode(c == 't');
    }

    private @Nullable JsonNode number(ScalarType type, MessageType owner) {
        String text = in.number();
        if (type == ScalarType.DOUBLE) {
            double value = Double.parseDouble(text);
            return Double.isInfinite(value) ? fault("number " + text, goType(type), owner) : NODES.numberNode(value);
        }
        if (Numbers.isWhole(text)) {
            long value = Long.parseLong(text);
            if (type == ScalarType.INT64 || value == (int) value) {
                return Numbers.whole(value);
            }
        }
        return fault("number " + text, goType(type), owner);
    }

    private @Nullable JsonNode text(ScalarType type) {
        String text = in.string();
        try {
            return NODES.stringNode(
                    switch (type) {
                        case BYTES -> Base64Text.checked(text);
                        case TIME -> Times.seconds(text);
                        case MICRO_TIME -> Times.micros(text);
                        default -> text;
                    });
        } catch (DecodeFailure e) {
            return fault(e);
        }
    }

    private @Nullable JsonNode quantity(int c, MessageType owner) {
        if (isNumber(c)) {
            return NODES.stringNode(in.number());
        }
        return c == '"' ? NODES.stringNode(in.string()) : other(c, goType(ScalarType.QUANTITY), owner);
    }

    private @Nullable JsonNode intOrString(int c) {
        if (c == '"') {
            return NODES.stringNode(in.string());
        }
        String value = isNumber(c) ? in.number() : "";
        if (!value.isEmpty() && Numbers.isWhole(value) && Long.parseLong(value) == (int) Long.parseLong(value)) {
            return NODES.numberNode((int) Long.parseLong(value));
        }
        if (value.isEmpty()) {
            free.skip();
        }
        String what = value.isEmpty() ? JsonScanner.form(c) : "number " + value;
        return fault(DecodeFailure.type("json: cannot unmarshal " + what + " into Go value of type int32"));
    }

    private @Nullable JsonNode strings(int c, MessageType owner) {
        if (c != '[') {
            return other(c, goType(ScalarType.STRINGS), owner);
        }
        ArrayNode array = NODES.arrayNode();
        for (boolean more = in.enter(']'); more; more = in.anotherElement()) {
            JsonNode text = read(ScalarType.STRING, owner);
            array.add(text == null ? NODES.stringNode("") : text);
        }
        return array;
    }

    private @Nullable JsonNode fault(String value, String wanted, MessageType owner) {
        String fields = path.fields();
        String where = fields.isEmpty() ? "Go value" : "Go struct field " + simple(owner) + "." + fields;
        return fault(DecodeFailure.type("json: cannot unmarshal " + value + " into " + where + " of type " + wanted));
    }

    private static String simple(MessageType type) {
        return type.name().substring(type.name().lastIndexOf('.') + 1);
    }

    private @Nullable JsonNode fault(DecodeFailure found) {
        if (fault == null) {
            fault = found;
        }
        return null;
    }
}
