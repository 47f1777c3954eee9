package dev.kubepki.api.codec;

import dev.kubepki.api.schema.Field;
import dev.kubepki.api.schema.Field.Shape;
import dev.kubepki.api.schema.FieldType;
import dev.kubepki.api.schema.MessageType;
import dev.kubepki.api.schema.Schema;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes the tree of a message as JSON: fields in the message's order, keys of maps sorted, empty values left out or
/// written as each field wants it. Fields that the message does not have come last.
final class TypedWriter {
    private final Schema schema;
    private final JsonWriter out;

    TypedWriter(Schema schema, JsonWriter out) {
        this.schema = schema;
        this.out = out;
    }

    void message(MessageType type, JsonNode node) {
        if (type.union()) {
            union(type, node);
        } else if (node instanceof ObjectNode object) {
            fields(type, object);
        } else {
            out.value(node);
        }
    }

    /// As the field is written that has values of that form.
    private void union(MessageType type, JsonNode node) {
        for (Field field : type.fields()) {
            boolean isMessage = field.type() instanceof FieldType.Message;
            if (field.shape() == Shape.LIST ? node.isArray() : node.isObject() && isMessage) {
                value(field, node);
                return;
            }
        }
        out.value(node);
    }

    private void fields(MessageType type, ObjectNode object) {
        out.open('{');
        int written = 0;
        int found = 0;
        if (type.kind()) {
            for (String name : JsonCodec.TYPE_META) {
                JsonNode text = object.get(name);
                if (text != null) {
                    out.member(name, written++ == 0);
                    out.value(text);
                    found++;
                }
            }
        }
        for (Field field : type.fields()) {
            JsonNode value = object.get(field.name());
            found += value == null ? 0 : 1;
            if (value == null ? field.required() : !Zero.omitted(field, value) || field.required()) {
                out.member(field.name(), written++ == 0);
                value(field, value == null ? JsonNodeFactory.instance.missingNode() : value);
            }
        }
        if (found < object.size()) {
            written = rest(type, object, written);
        }
        out.close('}', written == 0);
    }

    private int rest(MessageType type, ObjectNode object, int before) {
        int written = before;
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            boolean known =
                    type.field(entry.getKey()) != null || (type.kind() && JsonCodec.TYPE_META.contains(entry.getKey()));
            if (!known) {
                out.member(entry.getKey(), written++ == 0);
                out.value(entry.getValue());
            }
        }
        return written;
    }

    private void value(Field field, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            nothing(field);
        } else if (field.shape() == Shape.SINGLE) {
            element(field.type(), value);
        } else if (value instanceof ArrayNode array) {
            list(field.type(), array);
        } else if (value instanceof ObjectNode object && field.shape() == Shape.MAP) {
            map(field.type(), object);
        } else {
            out.value(value);
        }
    }

    private void nothing(Field field) {
        JsonNode zero = Zero.of(field, schema);
        if (zero == null) {
            out.ascii("null");
        } else {
            element(field.type(), zero);
        }
    }

    private void element(FieldType type, JsonNode value) {
        MessageType message = messageOf(type);
        if (message == null) {
            out.value(value);
        } else {
            message(message, value);
        }
    }

    private void list(FieldType type, ArrayNode array) {
        out.open('[');
        for (int i = 0; i < array.size(); i++) {
            out.element(i == 0);
            element(type, array.get(i));
        }
        out.close(']', array.isEmpty());
    }

    private void map(FieldType type, ObjectNode map) {
        Iterable<Map.Entry<String, JsonNode>> entries = sorted(map);
        out.open('{');
        boolean first = true;
        for (Map.Entry<String, JsonNode> entry : entries) {
            out.member(entry.getKey(), first);
            element(type, entry.getValue());
            first = false;
        }
        out.close('}', first);
    }

    private static Iterable<Map.Entry<String, JsonNode>> sorted(ObjectNode map) {
        String last = "";
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            if (entry.getKey().compareTo(last) < 0) {
                Map<String, JsonNode> sorted = new TreeMap<>();
                map.properties().forEach(each -> sorted.put(each.getKey(), each.getValue()));
                return sorted.entrySet();
            }
            last = entry.getKey();
        }
        return map.properties();
    }

    private @Nullable MessageType messageOf(FieldType type) {
        return type instanceof FieldType.Message message ? schema.message(message) : null;
    }
}
