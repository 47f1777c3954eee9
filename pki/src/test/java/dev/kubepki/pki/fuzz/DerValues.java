package dev.kubepki.pki.fuzz;

import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// DER values one behind the other, and enough of an encoder for what the library itself never writes.
final class DerValues {
    private DerValues() {}

    /// The certificates among the values; what is none is passed over.
    static List<Certificate> certificates(byte[] bytes) {
        List<Certificate> certificates = new ArrayList<>();
        int at = 0;
        while (at < bytes.length && certificates.size() < 12) {
            int end = end(bytes, at);
            try {
                certificates.add(Certificate.decode(Arrays.copyOfRange(bytes, at, end)));
            } catch (X509Failure e) {
                // The next one may be one.
            }
            at = end;
        }
        return certificates;
    }

    /// Where the value that begins here ends, at most with the bytes.
    static int end(byte[] bytes, int at) {
        if (at + 2 > bytes.length) {
            return bytes.length;
        }
        int first = bytes[at + 1] & 0xff;
        long length = first;
        int content = at + 2;
        if (first >= 0x80) {
            length = 0;
            for (int i = 0; i < (first & 3) && content < bytes.length; i++) {
                length = (length << 8) | (bytes[content++] & 0xff);
            }
        }
        return (int) Math.min(bytes.length, content + length);
    }

    static byte[] value(int tag, byte[]... parts) {
        byte[] content = concatenated(parts);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return value(0x30, parts);
    }

    static byte[] utcTime(String text) {
        return value(0x17, text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
