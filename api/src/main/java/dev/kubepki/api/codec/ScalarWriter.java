package dev.kubepki.api.codec;

import dev.kubepki.api.schema.ScalarType;
import java.time.OffsetDateTime;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Writes the values of scalar fields as protobuf.
final class ScalarWriter {
    private static final int ROOM = 256;

    private final WireWriter out;

    ScalarWriter(WireWriter out) {
        this.out = out;
    }

    /// @param value null: the field's empty value
    void write(int number, ScalarType type, @Nullable JsonNode value) {
        int before = out.size();
        switch (type) {
            case STRING -> out.text(number, text(value));
            case BOOL -> out.varint(number, value != null && value.booleanValue(false) ? 1 : 0);
            case INT32, INT64 -> out.varint(number, value == null ? 0 : value.longValue(0));
            case DOUBLE -> out.fixed64(number, value == null ? 0 : value.doubleValue(0));
            case BYTES -> {
                // No bytes differ from none.
                if (value != null) {
                    out.bytes(number, Base64.getDecoder().decode(text(value)));
                }
            }
            default -> {
                message(type, value);
                out.wrap(number, before);
            }
        }
    }

    private void message(ScalarType type, @Nullable JsonNode value) {
        switch (type) {
            case TIME, MICRO_TIME -> time(value, type == ScalarType.MICRO_TIME);
            case DURATION -> out.varint(1, GoDuration.nanos(text(value)));
            case QUANTITY -> out.text(1, value == null ? "0" : value.asString(""));
            case INT_OR_STRING -> intOrString(value);
            case STRINGS -> strings(value);
            default -> json(value);
        }
    }

    private void time(@Nullable JsonNode value, boolean micro) {
        if (value != null) {
            OffsetDateTime time = Times.parse(text(value));
            out.varint(2, micro ? time.getNano() : 0);
            out.varint(1, time.toEpochSecond());
        }
    }

    private void intOrString(@Nullable JsonNode value) {
        boolean isText = value != null && value.isString();
        out.text(3, isText ? text(value) : "");
        out.varint(2, value == null ? 0 : value.intValue(0));
        out.varint(1, isText ? 1 : 0);
    }

    private void strings(@Nullable JsonNode value) {
        for (int i = value == null ? -1 : value.size() - 1; i >= 0; i--) {
            out.text(1, value == null ? "" : value.path(i).asString(""));
        }
    }

    private void json(@Nullable JsonNode value) {
        if (value != null) {
            JsonWriter json = new JsonWriter(false, ROOM);
            json.value(value);
            out.bytes(1, json.bytes());
        }
    }

    private static String text(@Nullable JsonNode value) {
        return value == null ? "" : value.stringValue("");
    }
}
