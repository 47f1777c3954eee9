package dev.kubepki.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Percent encoding (RFC 3986 §2.1).
final class PercentText {
    private PercentText() {}

    /// The text without its escapes.
    ///
    /// @param form whether a plus sign is a blank, as in a query
    /// @throws PathFailure for a broken escape and for bytes that are no UTF-8
    static String decode(String text, boolean form) {
        if (isPlain(text, form)) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte next = bytes[i];
            if (next == '%') {
                if (i + 2 >= bytes.length) {
                    throw new PathFailure("invalid URL escape \"" + text.substring(text.lastIndexOf('%')) + "\"");
                }
                next = (byte) (digit(bytes[i + 1]) << 4 | digit(bytes[i + 2]));
                i += 2;
            } else if (form && next == '+') {
                next = ' ';
            }
            bytes[length++] = next;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new PathFailure("the URL is not valid UTF-8");
        }
    }

    private static boolean isPlain(String text, boolean form) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || c >= 0x80 || (form && c == '+')) {
                return false;
            }
        }
        return true;
    }

    private static int digit(byte hex) {
        int digit = Character.digit(hex, 16);
        if (digit < 0) {
            throw new PathFailure("invalid URL escape: two hexadecimal digits must follow each %");
        }
        return digit;
    }
}
