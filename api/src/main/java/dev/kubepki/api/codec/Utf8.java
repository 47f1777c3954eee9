package dev.kubepki.api.codec;

/// UTF-8, by RFC 3629: no overlong forms, no surrogates.
final class Utf8 {
    private static final int[] LEAST = {0, 0, 0x80, 0x800, 0x10000};

    private Utf8() {}

    /// The code point that begins there; negative when none does.
    static int next(byte[] in, int at) {
        int first = in[at] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = first >= 0xf5 ? 0 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
        if (length == 0 || at + length > in.length) {
            return -1;
        }
        int point = first & (0xff >> (length + 1));
        for (int i = 1; i < length; i++) {
            int c = in[at + i] & 0xff;
            if ((c & 0xc0) != 0x80) {
                return -1;
            }
            point = (point << 6) | (c & 0x3f);
        }
        boolean wrong = point < LEAST[length] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff);
        return wrong ? -1 : point;
    }

    /// How many bytes a code point takes.
    static int length(int point) {
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }

    /// Whether the bytes are text.
    static boolean valid(byte[] in) {
        int at = 0;
        while (at < in.length) {
            if (in[at] >= 0) {
                at++;
                continue;
            }
            int point = next(in, at);
            if (point < 0) {
                return false;
            }
            at += length(point);
        }
        return true;
    }
}
