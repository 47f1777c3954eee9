package dev.kubepki.pki.key;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// One PEM block (RFC 7468, and the older RFC 1421 form with headers).
///
/// @param type the label between the dashes, such as `CERTIFICATE`
/// @param headers the RFC 1421 header lines, in order, as written
/// @param line the 1-based line of the BEGIN mark, 0 for a block that was not read from text
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare the bytes
public record Pem(String type, List<String> headers, byte[] der, int line) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final int MAX_BYTES = 64 << 20;

    /// A block to be written.
    public static Pem of(String type, byte[] der) {
        return new Pem(type, List.of(), der, 0);
    }

    /// Finds every block in a text; what stands around blocks is passed over, as Go and OpenSSL do.
    ///
    /// @throws KeyFailure where a block begins and does not end, or its base64 is broken, naming the line
    public static List<Pem> readAll(byte[] text) {
        if (text.length > MAX_BYTES) {
            throw new KeyFailure("has over 64 MiB, too much for a PEM file");
        }
        List<Pem> blocks = new ArrayList<>();
        String[] lines = new String(text, StandardCharsets.ISO_8859_1).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (isMark(line, BEGIN)) {
                int end = endOf(lines, i, line.substring(BEGIN.length(), line.length() - DASHES.length()));
                blocks.add(block(lines, i, end));
                i = end;
            }
        }
        return blocks;
    }

    /// Whether the bytes hold a BEGIN mark at all.
    public static boolean looksLikePem(byte[] text) {
        return new String(text, StandardCharsets.ISO_8859_1).contains(BEGIN);
    }

    /// The block as text: base64 in lines of 64 columns, LF ends, no headers.
    public String encode() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return BEGIN + type + DASHES + "\n" + body + "\n" + END + type + DASHES + "\n";
    }

    /// The text as bytes.
    public byte[] encoded() {
        return encode().getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean isMark(String line, String mark) {
        return line.startsWith(mark) && line.endsWith(DASHES) && line.length() >= mark.length() + DASHES.length();
    }

    private static int endOf(String[] lines, int begin, String type) {
        String end = END + type + DASHES;
        for (int i = begin + 1; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.equals(end)) {
                return i;
            }
            if (line.startsWith(BEGIN) || line.startsWith(END)) {
                break;
            }
        }
        throw new KeyFailure(
                "line " + (begin + 1) + ": the PEM block '" + type + "' has no END line; the file is cut off");
    }

    private static Pem block(String[] lines, int begin, int end) {
        String mark = lines[begin].strip();
        String type = mark.substring(BEGIN.length(), mark.length() - DASHES.length());
        List<String> headers = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        for (int i = begin + 1; i < end; i++) {
            String line = lines[i].strip();
            if (line.indexOf(':') >= 0) {
                headers.add(line);
            } else if (!headers.isEmpty() && body.isEmpty() && !line.isEmpty() && lines[i].startsWith(" ")) {
                headers.add(line);
            } else {
                body.append(line);
            }
        }
        try {
            return new Pem(type, List.copyOf(headers), Base64.getDecoder().decode(body.toString()), begin + 1);
        } catch (IllegalArgumentException e) {
            throw new KeyFailure("line " + (begin + 1) + ": the PEM block '" + type + "' is not valid base64", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pem that
                && type.equals(that.type)
                && headers.equals(that.headers)
                && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(der);
    }

    @Override
    public String toString() {
        return "Pem[" + type + ", " + der.length + " bytes]";
    }
}
