package dev.kubepki.api.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// Base64 as text of a tree, judged without decoding it.
final class Base64Text {
    private static final byte[] VALUES = values();
    private static final int BREAK = -2;
    /// The bits of the last letter that belong to no byte, by how many letters the last group has.
    private static final int[] UNUSED = {0, 0, 0xf, 3};

    private Base64Text() {}

    private static byte[] values() {
        byte[] values = new byte[0x80];
        Arrays.fill(values, (byte) -1);
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < letters.length(); i++) {
            values[letters.charAt(i)] = (byte) i;
        }
        values['\r'] = BREAK;
        values['\n'] = BREAK;
        return values;
    }

    static String of(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// The text without line breaks, and with zeros for the bits behind the last byte.
    ///
    /// @throws DecodeFailure when it is no base64, with the place in it
    static String checked(String text) {
        int letters = 0;
        int breaks = 0;
        int last = 0;
        int end = text.length();
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            int value = c < 0x80 ? VALUES[c] : -1;
            if (value >= 0) {
                letters++;
                last = value;
            } else if (value == BREAK) {
                breaks++;
            } else if (c == '=') {
                end = padding(text, i, letters);
            } else {
                throw corrupt(text, i);
            }
        }
        if (end == text.length() && letters % 4 != 0) {
            throw corrupt(text, end);
        }
        boolean plain = text.length() % 4 == 0 && breaks == 0 && (last & UNUSED[letters % 4]) == 0;
        return plain ? text : of(Base64.getMimeDecoder().decode(text));
    }

    /// Judges all from the first `=` on; where the letters end.
    private static int padding(String text, int at, int letters) {
        int wanted = letters % 4 == 2 ? 2 : letters % 4 == 3 ? 1 : 0;
        int i = at;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=' && wanted > 0) {
                wanted--;
            } else if (c != '\r' && c != '\n') {
                throw corrupt(text, i);
            }
        }
        if (wanted > 0) {
            throw corrupt(text, text.length());
        }
        return at;
    }

    private static DecodeFailure corrupt(String text, int at) {
        // Places are counted in bytes.
        int bytes = text.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
        return DecodeFailure.type("illegal base64 data at input byte " + bytes);
    }
}
