package dev.kubepki.server.auth;

import java.util.List;
import java.util.Locale;

/// Texts as Go prints them, which messages of the API carry: `%q` of a text and of a list.
public final class GoText {
    private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\"\\";
    private static final String LETTERS = "abfnrtv\"\\";

    private GoText() {}

    /// In double quotes, with Go's escapes.
    public static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> append(out, c));
        return out.append('"').toString();
    }

    /// `["a" "b"]`.
    public static String quote(List<String> texts) {
        StringBuilder out = new StringBuilder("[");
        for (String text : texts) {
            out.append(out.length() > 1 ? " " : "").append(quote(text));
        }
        return out.append(']').toString();
    }

    private static void append(StringBuilder out, int c) {
        int special = c < 0x80 ? ESCAPED.indexOf(c) : -1;
        if (special >= 0) {
            out.append('\\').append(LETTERS.charAt(special));
        } else if (c < 0x20 || c == 0x7f) {
            out.append(String.format(Locale.ROOT, "\\x%02x", c));
        } else if (isPrintable(c)) {
            out.appendCodePoint(c);
        } else {
            out.append(String.format(Locale.ROOT, c > 0xffff ? "\\U%08x" : "\\u%04x", c));
        }
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
