package dev.kubepki.pki.document;

import java.util.Locale;

/// Which characters and texts Go's YAML writer takes for printable, breaks, plain.
final class Characters {
    /// What can't start a plain scalar (YAML 1.1 §5.3).
    private static final String INDICATORS = "#,[]{}&*!|>'\"%@`";

    private Characters() {}

    static boolean isBreak(int c) {
        return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /// Neither tabs nor anything beyond the basic plane is printable to Go's writer.
    static boolean isPrintable(int c) {
        return c == '\n'
                || (c >= 0x20 && c <= 0x7E)
                || (c >= 0xA0 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF);
    }

    static boolean allowPlain(String text) {
        if (!allowSingleQuotes(text) || hasBreak(text)) {
            return false;
        }
        char first = text.charAt(0);
        char last = text.charAt(text.length() - 1);
        if (first == ' ' || last == ' ' || text.startsWith("---") || text.startsWith("...")) {
            return false;
        }
        boolean aloneAtStart = text.length() == 1 || text.charAt(1) == ' ';
        if (INDICATORS.indexOf(first) >= 0 || ("?:-".indexOf(first) >= 0 && aloneAtStart)) {
            return false;
        }
        return !text.contains(": ") && last != ':' && !text.contains(" #");
    }

    static boolean allowSingleQuotes(String text) {
        return allPrintable(text) && !has(text, true) && !has(text, false);
    }

    /// A block can't hold control characters, and Go's writer shuns blanks at the end of its lines.
    static boolean allowBlock(String text) {
        return allPrintable(text) && !text.endsWith(" ") && !has(text, true);
    }

    // loops, not streams: these run for every text, and at a program's start streams cost more than the work

    static boolean hasBreak(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isBreak(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /// Halves of surrogate pairs are not printable, so neither is anything beyond the basic plane.
    private static boolean allPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPrintable(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// Whether a blank stands right before (or else right behind) a line break.
    private static boolean has(String text, boolean spaceFirst) {
        for (int i = 1; i < text.length(); i++) {
            char space = text.charAt(spaceFirst ? i - 1 : i);
            char other = text.charAt(spaceFirst ? i : i - 1);
            if (space == ' ' && isBreak(other)) {
                return true;
            }
        }
        return false;
    }

    /// The character as it stands between double quotes.
    static String escaped(int c) {
        return switch (c) {
            case 0x00 -> "\\0";
            case 0x07 -> "\\a";
            case 0x08 -> "\\b";
            case 0x09 -> "\\t";
            case 0x0A -> "\\n";
            case 0x0B -> "\\v";
            case 0x0C -> "\\f";
            case 0x0D -> "\\r";
            case 0x1B -> "\\e";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case 0x85 -> "\\N";
            case 0x2028 -> "\\L";
            case 0x2029 -> "\\P";
            default -> isPrintable(c) ? Character.toString(c) : numbered(c);
        };
    }

    private static String numbered(int c) {
        int digits = c <= 0xFF ? 2 : c <= 0xFFFF ? 4 : 8;
        String hex = Integer.toHexString(c).toUpperCase(Locale.ROOT);
        String prefix = digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U";
        return prefix + "0".repeat(digits - hex.length()) + hex;
    }

    /// The text with each half of a lost pair of surrogates replaced, as UTF-8 has no form for it.
    static String wellFormed(String text) {
        if (!hasSurrogate(text)) {
            return text;
        }
        StringBuilder whole = new StringBuilder();
        text.codePoints().map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c).forEach(whole::appendCodePoint);
        return whole.toString();
    }

    private static boolean hasSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    static int utf8Length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }
}
