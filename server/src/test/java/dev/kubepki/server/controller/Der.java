package dev.kubepki.server.controller;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes DER, and whatever else one asks it to.
public final class Der {
    private Der() {}

    /// A value of any kind.
    public static byte[] tlv(int tag, byte[]... contents) {
        byte[] content = join(contents);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            byte[] length = java.math.BigInteger.valueOf(content.length).toByteArray();
            int skip = length[0] == 0 ? 1 : 0;
            out.write(0x80 | (length.length - skip));
            out.write(length, skip, length.length - skip);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    public static byte[] seq(byte[]... contents) {
        return tlv(0x30, contents);
    }

    public static byte[] set(byte[]... contents) {
        byte[][] sorted = contents.clone();
        Arrays.sort(sorted, Arrays::compareUnsigned);
        return tlv(0x31, sorted);
    }

    public static byte[] octets(byte[] content) {
        return tlv(0x04, content);
    }

    public static byte[] utf8(String text) {
        return tlv(0x0c, text.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] yes() {
        return tlv(0x01, new byte[] {(byte) 0xff});
    }

    public static byte[] bits(byte[] content) {
        return tlv(0x03, new byte[] {0}, content);
    }

    public static byte[] oid(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            long arc = Long.parseLong(arcs[i]);
            for (int shift = 63; shift > 0; shift -= 7) {
                if (arc >> shift != 0) {
                    out.write((int) (0x80 | (arc >> shift & 0x7f)));
                }
            }
            out.write((int) (arc & 0x7f));
        }
        return tlv(0x06, out.toByteArray());
    }
}
