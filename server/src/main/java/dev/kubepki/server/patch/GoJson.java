package dev.kubepki.server.patch;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON as the API machinery writes it where texts hold JSON: names sorted, no spaces, `<`, `>` and `&` escaped.
final class GoJson {
    private static final String HEX = "0123456789abcdef";

    private GoJson() {}

    static String of(JsonNode value) {
        StringBuilder out = new StringBuilder();
        write(out, value);
        return out.toString();
    }

    static void write(StringBuilder out, JsonNode value) {
        switch (value.getNodeType()) {
            case OBJECT -> writeObject(out, (ObjectNode) value);
            case ARRAY -> writeArray(out, value);
            case STRING -> quote(out, value.stringValue());
            default -> out.append(value);
        }
    }

    private static void writeObject(StringBuilder out, ObjectNode object) {
        List<String> names = new ArrayList<>(object.propertyNames());
        names.sort(Values::compareTexts);
        out.append('{');
        for (String name : names) {
            if (out.charAt(out.length() - 1) != '{') {
                out.append(',');
            }
            quote(out, name);
            out.append(':');
            write(out, object.get(name));
        }
        out.append('}');
    }

    private static void writeArray(StringBuilder out, JsonNode array) {
        out.append('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(out, array.get(i));
        }
        out.append(']');
    }

    static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '<', '>', '&', '\u2028', '\u2029' -> escape(out, c);
                default -> {
                    if (c < ' ') {
                        escape(out, c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static void escape(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 15));
        }
    }
}
