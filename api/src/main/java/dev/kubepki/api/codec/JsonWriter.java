package dev.kubepki.api.codec;

import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Writes JSON as Go does: `<`, `>` and `&` escaped, no spaces unless it is to be pretty.
final class JsonWriter {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final boolean[] PLAIN = plain();

    private final boolean pretty;
    private byte[] out;
    private int size;
    private int depth;

    JsonWriter(boolean pretty, int room) {
        this.pretty = pretty;
        this.out = new byte[room];
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[0x80];
        for (int c = ' '; c < 0x7f; c++) {
            plain[c] = c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
        }
        plain[0x7f] = true;
        return plain;
    }

    byte[] bytes() {
        return Arrays.copyOf(out, size);
    }

    void newline() {
        put('\n');
    }

    void open(char c) {
        put(c);
        depth++;
    }

    /// Ends an object or array; `empty` when nothing was put into it.
    void close(char c, boolean empty) {
        depth--;
        if (!empty) {
            indent();
        }
        put(c);
    }

    /// Begins an element.
    void element(boolean first) {
        if (!first) {
            put(',');
        }
        indent();
    }

    /// Begins a member.
    void member(String name, boolean first) {
        element(first);
        string(name);
        put(':');
        if (pretty) {
            put(' ');
        }
    }

    /// Any value, its keys in their order.
    void value(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                open('{');
                boolean first = true;
                for (Map.Entry<String, JsonNode> entry : node.properties()) {
                    member(entry.getKey(), first);
                    value(entry.getValue());
                    first = false;
                }
                close('}', first);
            }
            case ARRAY -> {
                open('[');
                for (int i = 0; i < node.size(); i++) {
                    element(i == 0);
                    value(node.get(i));
                }
                close(']', node.isEmpty());
            }
            case STRING -> string(node.stringValue());
            case NUMBER -> ascii(node.isIntegralNumber() ? node.asString() : Numbers.text(node.doubleValue()));
            case BOOLEAN -> ascii(node.booleanValue() ? "true" : "false");
            default -> ascii("null");
        }
    }

    void ascii(String text) {
        int length = text.length();
        room(length);
        for (int i = 0; i < length; i++) {
            out[size++] = (byte) text.charAt(i);
        }
    }

    void string(String text) {
        int length = text.length();
        room(length + 2);
        out[size++] = '"';
        int i = 0;
        for (; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || !PLAIN[c]) {
                break;
            }
            out[size++] = (byte) c;
        }
        if (i < length) {
            rest(text, i);
        }
        put('"');
    }

    private void rest(String text, int from) {
        for (int i = from; i < text.length(); ) {
            int point = text.codePointAt(i);
            room(6);
            if (point < 0x80 && PLAIN[point]) {
                out[size++] = (byte) point;
            } else if (point < 0x80 || point == 0x2028 || point == 0x2029) {
                escape(point);
            } else {
                utf8(point >= 0xd800 && point <= 0xdfff ? 0xfffd : point);
            }
            i += Character.charCount(point);
        }
    }

    private void escape(int c) {
        int letter = "\"\\\b\f\n\r\t".indexOf(c);
        out[size++] = '\\';
        if (letter >= 0) {
            out[size++] = (byte) "\"\\bfnrt".charAt(letter);
            return;
        }
        out[size++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            out[size++] = HEX[(c >> shift) & 0xf];
        }
    }

    private void utf8(int point) {
        int length = Utf8.length(point);
        int shift = (length - 1) * 6;
        out[size++] = (byte) ((0xf00 >> length) | (point >> shift));
        while (shift > 0) {
            shift -= 6;
            out[size++] = (byte) (0x80 | ((point >> shift) & 0x3f));
        }
    }

    private void indent() {
        if (pretty) {
            put('\n');
            room(2 * depth);
            Arrays.fill(out, size, size + 2 * depth, (byte) ' ');
            size += 2 * depth;
        }
    }

    private void put(char c) {
        room(1);
        out[size++] = (byte) c;
    }

    private void room(int length) {
        if (size + length > out.length) {
            out = Arrays.copyOf(out, Math.max(size + length, out.length * 2));
        }
    }
}
