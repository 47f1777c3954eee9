package dev.kubepki.api.failure;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Values as they stand in messages.
public final class Rendering {
    private static final String SHORT_ESCAPES = "\u0007\b\f\n\r\t\u000b\\\"";
    private static final String SHORT_LETTERS = "abfnrtv\\\"";

    private Rendering() {}

    /// Text in quotes, escaped as Go's `%q` does: what can be printed stands as it is, in any script.
    public static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            append(out, point);
            i += Character.charCount(point);
        }
        return out.append('"').toString();
    }

    /// A list of texts: `["a" "b"]`.
    public static String quote(List<String> texts) {
        return texts.stream().map(Rendering::quote).collect(Collectors.joining(" ", "[", "]"));
    }

    /// A value of a field: text in quotes, numbers and booleans bare, the rest as JSON.
    public static String value(JsonNode node) {
        return node.isString() ? quote(node.stringValue()) : node.toString();
    }

    private static void append(StringBuilder out, int point) {
        int letter = SHORT_ESCAPES.indexOf(point);
        if (letter >= 0) {
            out.append('\\').append(SHORT_LETTERS.charAt(letter));
        } else if (Character.isBmpCodePoint(point) && Character.isSurrogate((char) point)) {
            // A lone half of a pair has no UTF-8 form; Go would hold U+FFFD in its place.
            out.append('\ufffd');
        } else if (printable(point)) {
            out.appendCodePoint(point);
        } else if (point < 0x80) {
            out.append(String.format(Locale.ROOT, "\\x%02x", point));
        } else {
            out.append(String.format(Locale.ROOT, point > 0xffff ? "\\U%08x" : "\\u%04x", point));
        }
    }

    /// Letters, marks, numbers, punctuation, symbols and the plain space.
    private static boolean printable(int point) {
        if (point < 0x80) {
            return point >= 0x20 && point < 0x7f;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
