package dev.kubepki.server.patch;

import dev.kubepki.api.failure.Rendering;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Values as they stand in the error texts of the API, which are printed by Go's `%v`, `%#v` and `%T`.
final class GoText {
    private GoText() {}

    /// `%v`: `map[a:1 b:[x y]]`.
    static String print(@Nullable JsonNode value) {
        StringBuilder out = new StringBuilder();
        print(out, value);
        return out.toString();
    }

    private static void print(StringBuilder out, @Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            out.append("<nil>");
        } else if (value instanceof ObjectNode object) {
            out.append("map[");
            for (String name : sortedNames(object)) {
                if (out.charAt(out.length() - 1) != '[') {
                    out.append(' ');
                }
                print(out.append(name).append(':'), object.get(name));
            }
            out.append(']');
        } else if (value.isArray()) {
            out.append('[');
            for (int i = 0; i < value.size(); i++) {
                print(i == 0 ? out : out.append(' '), value.get(i));
            }
            out.append(']');
        } else {
            out.append(value.isString() ? value.stringValue() : value.toString());
        }
    }

    /// `%#v`: `map[string]interface {}{"a":1}`.
    static String syntax(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return "interface {}(nil)";
        }
        List<String> parts = new ArrayList<>();
        if (value instanceof ObjectNode object) {
            sortedNames(object).forEach(name -> parts.add(Rendering.quote(name) + ":" + syntax(object.get(name))));
        } else if (value.isArray()) {
            value.forEach(item -> parts.add(syntax(item)));
        } else {
            return value.isString() ? Rendering.quote(value.stringValue()) : value.toString();
        }
        return type(value) + "{" + String.join(", ", parts) + "}";
    }

    /// `%T`.
    static String type(@Nullable JsonNode value) {
        if (value == null) {
            return "%!s(<nil>)";
        }
        return switch (value.getNodeType()) {
            case OBJECT -> "map[string]interface {}";
            case ARRAY -> "[]interface {}";
            case STRING -> "string";
            case BOOLEAN -> "bool";
            case NUMBER -> value.isIntegralNumber() ? "int64" : "float64";
            default -> "%!s(<nil>)";
        };
    }

    /// What encoding/json calls the value: `cannot unmarshal object into …`.
    static String json(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "bool";
            default -> "number";
        };
    }

    /// Go's unicode.IsPrint: letters, marks, numbers, punctuation, symbols and the ASCII space.
    static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> codePoint == ' ';
            default -> true;
        };
    }

    private static List<String> sortedNames(ObjectNode object) {
        List<String> names = new ArrayList<>(object.propertyNames());
        names.sort(Values::compareTexts);
        return names;
    }
}
