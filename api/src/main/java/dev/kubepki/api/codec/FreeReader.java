package dev.kubepki.api.codec;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads JSON of which nothing is known.
final class FreeReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonScanner in;
    private final DecodePath path;

    FreeReader(JsonScanner in, DecodePath path) {
        this.in = in;
        this.path = path;
    }

    JsonNode value() {
        return switch (in.value()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> NODES.stringNode(in.string());
            case 't' -> literal("true", NODES.booleanNode(true));
            case 'f' -> literal("false", NODES.booleanNode(false));
            case 'n' -> literal("null", NODES.nullNode());
            default -> number();
        };
    }

    /// Passes a value by.
    void skip() {
        int c = in.value();
        switch (c) {
            case '{' -> {
                for (boolean more = in.enter('}'); more; more = in.anotherMember()) {
                    in.name();
                    skip();
                }
            }
            case '[' -> {
                for (boolean more = in.enter(']'); more; more = in.anotherElement()) {
                    skip();
                }
            }
            case '"' -> in.string();
            case 't' -> in.literal("true");
            case 'f' -> in.literal("false");
            case 'n' -> in.literal("null");
            default -> in.number();
        }
    }

    private ObjectNode object() {
        ObjectNode object = NODES.objectNode();
        if (in.enter('}')) {
            do {
                String name = in.name();
                boolean known = object.has(name);
                if (known) {
                    path.duplicate(name);
                }
                path.key(name);
                object.set(name, value());
                path.leave();
            } while (in.anotherMember());
        }
        return object;
    }

    private ArrayNode array() {
        ArrayNode array = NODES.arrayNode();
        if (in.enter(']')) {
            do {
                path.index(array.size());
                array.add(value());
                path.leave();
            } while (in.anotherElement());
        }
        return array;
    }

    private JsonNode literal(String word, JsonNode node) {
        in.literal(word);
        return node;
    }

    private JsonNode number() {
        return Numbers.free(in.number());
    }
}
