package dev.kubepki.cli.cluster;

import dev.kubepki.cli.frame.OutputFormat;
import dev.kubepki.pki.document.JsonWriter;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Scalar;
import dev.kubepki.pki.document.Sequence;
import dev.kubepki.pki.document.YamlWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Objects as the wire has them, and as files do.
final class Trees {
    private static final int INDENT = 4;

    private Trees() {}

    /// An object from a file.
    static ObjectNode object(Mapping mapping) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Mapping.Entry entry : mapping.entries()) {
            object.set(entry.key(), tree(entry.value()));
        }
        return object;
    }

    private static JsonNode tree(Node node) {
        return switch (node) {
            case Mapping mapping -> object(mapping);
            case Sequence sequence -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                sequence.items().forEach(item -> array.add(tree(item)));
                yield array;
            }
            case Scalar scalar -> scalar(scalar);
        };
    }

    private static JsonNode scalar(Scalar scalar) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (scalar.kind()) {
            case STRING -> nodes.stringNode(scalar.text());
            case BOOL -> nodes.booleanNode(Boolean.parseBoolean(scalar.text()));
            case NULL -> nodes.nullNode();
            case INTEGER, FLOAT -> nodes.numberNode(new BigDecimal(scalar.text()));
        };
    }

    /// As `kubectl -o yaml` and `-o json` print it: keys in order, without the record of who wrote which field.
    static String print(ObjectNode object, OutputFormat format) {
        ObjectNode shown = object.deepCopy();
        if (shown.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        Node node = node(shown);
        return format == OutputFormat.JSON
                ? JsonWriter.indented(INDENT).sorted().write(node)
                : YamlWriter.sorted().write(node);
    }

    /// Several objects, as one document each, or as a List.
    static String printAll(List<ObjectNode> objects, OutputFormat format) {
        if (format != OutputFormat.JSON) {
            return objects.stream().map(object -> print(object, format)).collect(Collectors.joining("---\n"));
        }
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("apiVersion", "v1").put("kind", "List");
        ArrayNode items = list.putArray("items");
        objects.forEach(items::add);
        return print(list, format);
    }

    private static Node node(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            Mapping mapping = Mapping.of();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                mapping = mapping.with(field.getKey(), node(field.getValue()));
            }
            return mapping;
        }
        if (tree instanceof ArrayNode array) {
            List<Node> items = new ArrayList<>();
            array.forEach(item -> items.add(node(item)));
            return Sequence.of(items);
        }
        return scalar(tree);
    }

    private static Scalar scalar(JsonNode value) {
        if (value.isBoolean()) {
            return Scalar.of(value.booleanValue());
        }
        if (value.isIntegralNumber()) {
            return Scalar.of(value.longValue());
        }
        if (value.isNumber()) {
            return new Scalar(Scalar.Kind.FLOAT, value.asString(), value.asString(), 0, 0);
        }
        return value.isNull() ? Scalar.none() : Scalar.of(value.asString(""));
    }
}
