package dev.kubepki.api.codec;

import dev.kubepki.api.failure.Rendering;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads the tokens of JSON from bytes. What is wrong is worded as Go's decoder words it, as clients show it to people.
final class JsonScanner {
    /// Deeper than any object of the API, and shallow enough for every walk over a tree.
    static final int MAX_DEPTH = 512;

    private static final int MAX_NUMBER = 1_000;
    private static final int END = -1;

    private final byte[] in;
    private int at;
    private int depth;
    private char[] chars = new char[0];

    JsonScanner(byte[] in) {
        this.in = in;
    }

    /// What a document of valid JSON is, as messages call it.
    static String form(byte[] json) {
        return form(new JsonScanner(json).value());
    }

    /// What a value is that begins with that byte, as messages call it.
    static String form(int c) {
        return switch (c) {
            case '{' -> "object";
            case '[' -> "array";
            case '"' -> "string";
            case 't', 'f' -> "bool";
            case 'n' -> "null";
            default -> "number";
        };
    }

    /// The byte with which a value begins; it stays unread.
    int value() {
        int c = next();
        if (c == '{'
                || c == '['
                || c == '"'
                || c == '-'
                || (c >= '0' && c <= '9')
                || c == 't'
                || c == 'f'
                || c == 'n') {
            return c;
        }
        throw unexpected(c, "looking for beginning of value");
    }

    /// Enters an object or array; true: it has something in it.
    boolean enter(int close) {
        at++;
        if (++depth > MAX_DEPTH) {
            throw DecodeFailure.syntax("exceeded max depth");
        }
        if (next() == close) {
            at++;
            depth--;
            return false;
        }
        return true;
    }

    /// A member's name and its colon.
    String name() {
        int c = next();
        if (c != '"') {
            throw unexpected(c, "looking for beginning of object key string");
        }
        String name = string();
        c = next();
        if (c != ':') {
            throw unexpected(c, "after object key");
        }
        at++;
        return name;
    }

    /// Whether another member follows; else the object has been left.
    boolean anotherMember() {
        return another('}', "after object key:value pair");
    }

    /// Whether another element follows; else the array has been left.
    boolean anotherElement() {
        return another(']', "after array element");
    }

    private boolean another(int close, String where) {
        int c = next();
        if (c != ',' && c != close) {
            throw unexpected(c, where);
        }
        at++;
        if (c == close) {
            depth--;
            return false;
        }
        return true;
    }

    /// Nothing but white space may follow.
    void end() {
        int c = next();
        if (c != END) {
            throw unexpected(c, "after top-level value");
        }
    }

    /// `true`, `false` or `null`.
    void literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            int c = at < in.length ? in[at] & 0xff : END;
            if (c != word.charAt(i)) {
                throw unexpected(c, "in literal " + word + " (expecting " + quoted(word.charAt(i)) + ")");
            }
            at++;
        }
    }

    /// A number's text.
    String number() {
        int start = at;
        if (in[at] == '-') {
            at++;
            digitAt("in numeric literal");
        }
        if (in[at++] != '0') {
            digits();
        }
        if (is('.')) {
            at++;
            digitAt("after decimal point in numeric literal");
            digits();
        }
        if (is('e') || is('E')) {
            at++;
            if (is('+') || is('-')) {
                at++;
            }
            digitAt("in exponent of numeric literal");
            digits();
        }
        if (at - start > MAX_NUMBER) {
            throw DecodeFailure.syntax("numeric literal of more than " + MAX_NUMBER + " characters");
        }
        return new String(in, start, at - start, StandardCharsets.ISO_8859_1);
    }

    /// A string.
    String string() {
        int start = ++at;
        int i = start;
        byte[] bytes = in;
        while (i < bytes.length) {
            byte c = bytes[i];
            if (c == '"') {
                at = i + 1;
                return new String(bytes, start, i - start, StandardCharsets.ISO_8859_1);
            }
            // Beyond ASCII bytes are negative.
            if (c < ' ' || c == '\\') {
                break;
            }
            i++;
        }
        at = i;
        return rareString(start);
    }

    /// A string with escapes or with more than ASCII in it.
    private String rareString(int start) {
        int length = at - start;
        room(length);
        for (int i = 0; i < length; i++) {
            chars[i] = (char) in[start + i];
        }
        while (true) {
            int c = at < in.length ? in[at] & 0xff : END;
            if (c == '"') {
                at++;
                return new String(chars, 0, length);
            }
            if (c < ' ') {
                throw unexpected(c, "in string literal");
            }
            room(length + 2);
            int point = c == '\\' ? escape() : c < 0x80 ? plain() : Utf8.next(in, at);
            if (c >= 0x80) {
                if (point < 0) {
                    throw DecodeFailure.syntax("invalid UTF-8 in string literal");
                }
                at += Utf8.length(point);
            }
            length += Character.toChars(point, chars, length);
        }
    }

    private int plain() {
        return in[at++];
    }

    private int escape() {
        at++;
        int c = at < in.length ? in[at] & 0xff : END;
        int plain = switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> END;
            default -> throw unexpected(c, "in string escape code");
        };
        at++;
        return plain == END ? unicode() : plain;
    }

    private int unicode() {
        char first = hex();
        if (!Character.isSurrogate(first)) {
            return first;
        }
        if (Character.isHighSurrogate(first) && is('\\') && at + 1 < in.length && in[at + 1] == 'u') {
            at += 2;
            char second = hex();
            if (Character.isLowSurrogate(second)) {
                return Character.toCodePoint(first, second);
            }
        }
        throw DecodeFailure.syntax("unpaired surrogate in \\u hexadecimal character escape");
    }

    private char hex() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int c = at < in.length ? in[at] & 0xff : END;
            int digit = c < 0x80 ? Character.digit(c, 16) : END;
            if (digit < 0) {
                throw unexpected(c, "in \\u hexadecimal character escape");
            }
            value = value * 16 + digit;
            at++;
        }
        return (char) value;
    }

    private void room(int length) {
        if (length > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(64, length * 2));
        }
    }

    private boolean is(char c) {
        return at < in.length && in[at] == c;
    }

    private void digits() {
        while (at < in.length && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
    }

    private void digitAt(String where) {
        int c = at < in.length ? in[at] & 0xff : END;
        if (c < '0' || c > '9') {
            throw unexpected(c, where);
        }
    }

    /// The next byte that is no white space, unread.
    private int next() {
        while (at < in.length) {
            int c = in[at] & 0xff;
            if (c > ' ' || (c != ' ' && c != '\n' && c != '\t' && c != '\r')) {
                return c;
            }
            at++;
        }
        return END;
    }

    private static DecodeFailure unexpected(int c, String where) {
        return DecodeFailure.syntax(
                c == END ? "unexpected end of JSON input" : "invalid character " + quoted((char) c) + " " + where);
    }

    private static String quoted(char c) {
        return switch (c) {
            case '\'' -> "'\\''";
            case '"' -> "'\"'";
            default -> {
                String text = Rendering.quote(String.valueOf(c));
                yield "'" + text.substring(1, text.length() - 1) + "'";
            }
        };
    }
}
