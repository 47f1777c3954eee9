package dev.kubepki.api.openapi;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// OpenAPI 2.0 as protobuf, by the published message definitions: the form for which kubectl before 1.29 asks.
///
/// Only what [V2Document] writes is carried over.
final class ProtobufDocument {
    private static final Map<String, Integer> METHODS = Map.of("get", 2, "put", 3, "post", 4, "delete", 5, "patch", 8);
    private static final String EXTENSION = "x-";

    private ProtobufDocument() {}

    static byte[] of(JsonNode document) {
        ProtoBuffer out = new ProtoBuffer();
        out.text(1, text(document, "swagger"));
        JsonNode info = document.get("info");
        out.message(2, part -> part.text(1, text(info, "title")).text(2, text(info, "version")));
        out.message(
                8,
                paths -> document.get("paths")
                        .forEachEntry((path, item) -> paths.named(2, path, value -> pathItem(value, item))));
        out.message(
                9,
                all -> document.get("definitions")
                        .forEachEntry((name, schema) -> all.named(1, name, value -> schema(value, schema))));
        for (JsonNode requirement : document.get("security")) {
            out.message(
                    12,
                    part -> requirement
                            .properties()
                            .forEach(entry ->
                                    part.named(1, entry.getKey(), value -> texts(value, 1, entry.getValue()))));
        }
        out.message(
                13,
                all -> document.get("securityDefinitions")
                        .forEachEntry((name, key) ->
                                all.named(1, name, value -> value.message(2, part -> apiKey(part, key)))));
        return out.toBytes();
    }

    private static void apiKey(ProtoBuffer out, JsonNode key) {
        out.text(1, text(key, "type"))
                .text(2, text(key, "name"))
                .text(3, text(key, "in"))
                .text(4, text(key, "description"));
    }

    private static void pathItem(ProtoBuffer out, JsonNode item) {
        for (Map.Entry<String, JsonNode> entry : item.properties()) {
            Integer number = METHODS.get(entry.getKey());
            if (number != null) {
                out.message(number, operation -> operation(operation, entry.getValue()));
            }
        }
        item.path("parameters").forEach(parameter -> out.message(9, part -> parameter(part, parameter)));
    }

    private static void operation(ProtoBuffer out, JsonNode operation) {
        texts(out, 1, operation.path("tags"));
        out.text(3, text(operation, "description")).text(5, text(operation, "operationId"));
        texts(out, 6, operation.path("produces"));
        texts(out, 7, operation.path("consumes"));
        operation.path("parameters").forEach(parameter -> out.message(8, part -> parameter(part, parameter)));
        out.message(
                9,
                responses -> operation
                        .get("responses")
                        .forEachEntry((code, answer) ->
                                responses.named(1, code, value -> value.message(1, part -> response(part, answer)))));
        texts(out, 10, operation.path("schemes"));
        extensions(out, 13, operation);
    }

    private static void response(ProtoBuffer out, JsonNode response) {
        out.text(1, text(response, "description"));
        if (response.has("schema")) {
            out.message(2, either -> either.message(1, schema -> schema(schema, response.get("schema"))));
        }
    }

    /// A choice within a choice: a body or not, and then in which part of the URL.
    private static void parameter(ProtoBuffer out, JsonNode parameter) {
        out.message(1, choice -> {
            switch (text(parameter, "in")) {
                case "body" -> choice.message(1, body -> body(body, parameter));
                case "path" -> choice.message(2, part -> part.message(4, path -> place(path, parameter, 5, 19)));
                default -> choice.message(2, part -> part.message(3, query -> place(query, parameter, 6, 20)));
            }
        });
    }

    private static void body(ProtoBuffer out, JsonNode body) {
        out.text(2, text(body, "name")).text(3, "body").flag(4, flag(body, "required"));
        out.message(5, schema -> schema(schema, body.get("schema")));
    }

    private static void place(ProtoBuffer out, JsonNode parameter, int type, int unique) {
        out.flag(1, flag(parameter, "required"))
                .text(2, text(parameter, "in"))
                .text(3, text(parameter, "description"))
                .text(4, text(parameter, "name"))
                .text(type, text(parameter, "type"))
                .flag(unique, flag(parameter, "uniqueItems"));
    }

    private static void schema(ProtoBuffer out, JsonNode schema) {
        out.text(1, text(schema, "$ref")).text(2, text(schema, "format")).text(4, text(schema, "description"));
        texts(out, 19, schema.path("required"));
        JsonNode values = schema.path("additionalProperties");
        if (values.isObject()) {
            out.message(21, either -> either.message(1, part -> schema(part, values)));
        }
        if (schema.has("type")) {
            out.message(22, type -> type.text(1, text(schema, "type")));
        }
        JsonNode items = schema.path("items");
        if (items.isObject()) {
            out.message(23, part -> part.message(1, item -> schema(item, items)));
        }
        Set<Map.Entry<String, JsonNode>> properties = schema.path("properties").properties();
        if (!properties.isEmpty()) {
            out.message(
                    25,
                    all -> properties.forEach(
                            entry -> all.named(1, entry.getKey(), value -> schema(value, entry.getValue()))));
        }
        extensions(out, 31, schema);
    }

    /// Values of extensions are YAML, which JSON is too.
    private static void extensions(ProtoBuffer out, int number, JsonNode node) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (entry.getKey().startsWith(EXTENSION)) {
                out.named(
                        number,
                        entry.getKey(),
                        any -> any.text(2, entry.getValue().toString()));
            }
        }
    }

    private static void texts(ProtoBuffer out, int number, JsonNode array) {
        array.forEach(text -> out.text(number, text.stringValue()));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private static boolean flag(JsonNode node, String field) {
        return node.path(field).asBoolean(false);
    }
}
