package dev.kubepki.server.patch;

import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Reads the JSON inside the steps of FieldsV1: one scalar, or an object of scalars.
final class ScalarReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String text;
    private int at;

    ScalarReader(String text) {
        this.text = text;
    }

    /// The whole text as a scalar.
    JsonNode scalar() {
        JsonNode value = value();
        end();
        return value;
    }

    /// The whole text as an object of scalars.
    SortedMap<String, JsonNode> object() {
        SortedMap<String, JsonNode> fields = new TreeMap<>(Values::compareTexts);
        expect('{');
        if (peek() == '}') {
            at++;
        } else {
            do {
                peek();
                String name = string();
                expect(':');
                fields.put(name, value());
            } while (more());
        }
        end();
        return fields;
    }

    private boolean more() {
        char next = peek();
        at++;
        if (next != ',' && next != '}') {
            throw bad();
        }
        return next == ',';
    }

    private JsonNode value() {
        char first = peek();
        if (first == '"') {
            return NODES.stringNode(string());
        }
        int start = at;
        while (at < text.length() && " ,}\t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        return switch (word) {
            case "true" -> NODES.booleanNode(true);
            case "false" -> NODES.booleanNode(false);
            case "null" -> NODES.nullNode();
            default -> number(word);
        };
    }

    private JsonNode number(String word) {
        try {
            return NODES.numberNode(Long.parseLong(word));
        } catch (NumberFormatException notIntegral) {
            try {
                return NODES.numberNode(Double.parseDouble(word));
            } catch (NumberFormatException e) {
                throw bad();
            }
        }
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return out.toString();
            }
            out.append(c == '\\' ? escaped() : c);
        }
        throw bad();
    }

    private char escaped() {
        if (at >= text.length()) {
            throw bad();
        }
        char c = text.charAt(at++);
        int place = "\"\\/bfnrt".indexOf(c);
        if (place >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(place);
        }
        if (c != 'u' || at + 4 > text.length()) {
            throw bad();
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void expect(char c) {
        if (peek() != c) {
            throw bad();
        }
        at++;
    }

    private void end() {
        if (peek() != '\0' || at < text.length()) {
            throw bad();
        }
    }

    private IllegalArgumentException bad() {
        return new IllegalArgumentException("cannot read " + text);
    }
}
