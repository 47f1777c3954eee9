package dev.kubepki.api.codec;

import dev.kubepki.api.schema.Field;
import dev.kubepki.api.schema.Field.Shape;
import dev.kubepki.api.schema.FieldType;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.ScalarType;
import dev.kubepki.api.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Writes the tree of a message as protobuf, the way Kubernetes does: fields by number, values that are no pointers
/// even when they are empty, maps by key. What the message does not have is left out.
final class MessageWriter {
    private static final JsonNode NOTHING = JsonNodeFactory.instance.missingNode();

    private final Schema schema;
    private final WireWriter out;
    private final ScalarWriter scalars;

    MessageWriter(Schema schema, WireWriter out) {
        this.schema = schema;
        this.out = out;
        this.scalars = new ScalarWriter(out);
    }

    void message(MessageType type, JsonNode node) {
        List<Field> fields = type.numbered();
        for (int i = fields.size() - 1; i >= 0; i--) {
            Field field = fields.get(i);
            if (field.inline() && field.type() instanceof FieldType.Message message) {
                inline(field, schema.message(message), node);
            } else {
                field(field, type.union() ? chosen(field, node) : node.path(field.name()));
            }
        }
    }

    /// A message whose fields stand in the object around it. A pointer is there when one of them is.
    private void inline(Field field, MessageType type, JsonNode node) {
        boolean there = !field.pointer() || type.fields().stream().anyMatch(inner -> node.has(inner.name()));
        if (there) {
            int before = out.size();
            message(type, node);
            out.wrap(field.number(), before);
        }
    }

    /// The value of a union, if it is that field's.
    private static JsonNode chosen(Field field, JsonNode node) {
        if (field.shape() == Shape.LIST) {
            return node.isArray() ? node : NOTHING;
        }
        if (field.type() instanceof FieldType.Message) {
            return node.isObject() ? node : NOTHING;
        }
        // A schema that is there allows.
        return JsonNodeFactory.instance.booleanNode(node.isObject() || node.booleanValue(false));
    }

    private void field(Field field, JsonNode value) {
        boolean empty = value.isMissingNode() || value.isNull();
        switch (field.shape()) {
            case LIST -> list(field, value);
            case MAP -> map(field, value);
            case SINGLE -> {
                if (!empty || !field.pointer()) {
                    single(field.number(), field.type(), empty ? null : value);
                }
            }
        }
    }

    private void single(int number, FieldType type, @Nullable JsonNode value) {
        switch (type) {
            case FieldType.Message message -> {
                int before = out.size();
                message(schema.message(message), value == null ? NOTHING : value);
                out.wrap(number, before);
            }
            case FieldType.Scalar(ScalarType scalar) -> scalars.write(number, scalar, value);
        }
    }

    private void list(Field field, JsonNode array) {
        for (int i = array.size() - 1; i >= 0; i--) {
            JsonNode value = array.get(i);
            single(field.number(), field.type(), value.isNull() ? null : value);
        }
    }

    private void map(Field field, JsonNode map) {
        if (!map.isObject() || map.isEmpty()) {
            return;
        }
        List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(map.properties());
        entries.sort(Map.Entry.comparingByKey());
        for (int i = entries.size() - 1; i >= 0; i--) {
            int before = out.size();
            JsonNode value = entries.get(i).getValue();
            single(2, field.type(), value.isNull() ? null : value);
            out.text(1, entries.get(i).getKey());
            out.wrap(field.number(), before);
        }
    }
}
