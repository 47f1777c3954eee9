package dev.kubepki.pki.inspect;

import java.util.HexFormat;

/// Foreign text for a terminal.
public final class SafeText {
    private SafeText() {}

    /// The text with every character escaped that moves a cursor, changes a colour, reverses a line or hides:
    /// `\x1b`, and a backslash, `u` and four digits beyond Latin-1.
    public static String escape(String text) {
        if (text.codePoints().allMatch(SafeText::isHarmless)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isHarmless(c)) {
                escaped.appendCodePoint(c);
            } else if (c < 0x100) {
                escaped.append("\\x").append(HexFormat.of().toHexDigits((byte) c));
            } else {
                escaped.append("\\u").append(HexFormat.of().toHexDigits(c, c > 0xffff ? 6 : 4));
            }
        });
        return escaped.toString();
    }

    /// JSON or YAML text with such characters as escapes: the same values in JSON and in YAML's quotes, where
    /// control characters always stand; in a plain YAML text a backslash and a number to be seen.
    public static String escapeDocument(String document) {
        StringBuilder escaped = new StringBuilder(document.length());
        for (int i = 0; i < document.length(); i++) {
            char c = document.charAt(i);
            boolean safe = c == '\n' || Character.isSurrogate(c) || isHarmless(c);
            escaped.append(safe ? String.valueOf(c) : "\\u" + HexFormat.of().toHexDigits(c));
        }
        return escaped.toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
