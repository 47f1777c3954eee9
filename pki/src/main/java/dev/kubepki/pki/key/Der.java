package dev.kubepki.pki.key;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;

/// The little DER (X.690) that the private-key wrappings need: read a value, write a value.
final class Der {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int NULL = 0x05;
    static final int OID = 0x06;
    static final int SEQUENCE = 0x30;

    private final byte[] bytes;
    private int position;
    private final int end;

    private Der(byte[] bytes, int position, int end) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
    }

    static Der of(byte[] bytes) {
        return new Der(bytes, 0, bytes.length);
    }

    boolean hasMore() {
        return position < end;
    }

    int peekTag() {
        if (position >= end) {
            throw new KeyFailure("the key's DER ends too early");
        }
        return bytes[position] & 0xff;
    }

    /// The content of the next value, which must have this tag.
    Der enter(int tag) {
        int[] range = next(tag);
        return new Der(bytes, range[0], range[1]);
    }

    byte[] content(int tag) {
        int[] range = next(tag);
        return Arrays.copyOfRange(bytes, range[0], range[1]);
    }

    BigInteger integer() {
        byte[] content = content(INTEGER);
        if (content.length == 0) {
            throw new KeyFailure("the key's DER has an empty INTEGER");
        }
        return new BigInteger(content);
    }

    private int[] next(int tag) {
        if (peekTag() != tag) {
            throw new KeyFailure("the key's DER has an unexpected value (tag 0x" + Integer.toHexString(peekTag())
                    + " where 0x" + Integer.toHexString(tag) + " belongs)");
        }
        position++;
        int length = length();
        if (length > end - position) {
            throw new KeyFailure("the key's DER is cut off");
        }
        int start = position;
        position += length;
        return new int[] {start, position};
    }

    private int length() {
        if (position >= end) {
            throw new KeyFailure("the key's DER is cut off");
        }
        int first = bytes[position++] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int count = first & 0x7f;
        if (count == 0 || count > 3 || count > end - position) {
            throw new KeyFailure("the key's DER has an impossible length");
        }
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = (length << 8) | (bytes[position++] & 0xff);
        }
        return length;
    }

    static byte[] sequence(byte[]... parts) {
        return value(SEQUENCE, parts);
    }

    static byte[] integer(BigInteger value) {
        return value(INTEGER, value.toByteArray());
    }

    static byte[] value(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 5);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            byte[] minimal = BigInteger.valueOf(length).toByteArray();
            int skip = minimal[0] == 0 ? 1 : 0;
            out.write(0x80 | (minimal.length - skip));
            out.write(minimal, skip, minimal.length - skip);
        }
        for (byte[] part : parts) {
            out.write(part, 0, part.length);
        }
        return out.toByteArray();
    }
}
