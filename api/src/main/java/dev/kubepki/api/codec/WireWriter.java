package dev.kubepki.api.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes protobuf from its end to its beginning, so that the length of a message is known when it is to be written.
/// Whatever is put stands before what was put earlier.
final class WireWriter {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int DELIMITED = 2;

    private byte[] out;
    private int at;

    WireWriter(int room) {
        out = new byte[room];
        at = room;
    }

    /// How much was put.
    int size() {
        return out.length - at;
    }

    byte[] bytes() {
        return Arrays.copyOfRange(out, at, out.length);
    }

    void varint(int number, long value) {
        raw(value);
        tag(number, VARINT);
    }

    void fixed64(int number, double value) {
        long bits = Double.doubleToRawLongBits(value);
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            out[--at] = (byte) (bits >> shift);
        }
        tag(number, FIXED64);
    }

    void text(int number, String text) {
        bytes(number, text.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(int number, byte[] bytes) {
        raw(bytes);
        delimited(number, bytes.length);
    }

    /// Makes all that was put since a size into a field.
    void wrap(int number, int since) {
        delimited(number, size() - since);
    }

    void raw(byte[] bytes) {
        room(bytes.length);
        at -= bytes.length;
        System.arraycopy(bytes, 0, out, at, bytes.length);
    }

    private void delimited(int number, int length) {
        raw(length);
        tag(number, DELIMITED);
    }

    private void tag(int number, int type) {
        raw(((long) number << 3) | type);
    }

    private void raw(long value) {
        int length = 1;
        for (long rest = value >>> 7; rest != 0; rest >>>= 7) {
            length++;
        }
        room(length);
        at -= length;
        long rest = value;
        for (int i = at; i < at + length; i++) {
            out[i] = (byte) (i == at + length - 1 ? rest & 0x7f : (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
    }

    private void room(int length) {
        if (length > at) {
            int size = size();
            byte[] wider = new byte[Math.max(out.length * 2, size + length)];
            System.arraycopy(out, at, wider, wider.length - size, size);
            out = wider;
            at = wider.length - size;
        }
    }
}
