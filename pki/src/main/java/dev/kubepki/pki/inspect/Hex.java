package dev.kubepki.pki.inspect;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/// Bytes for people.
final class Hex {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private Hex() {}

    /// Two digits a byte with colons, as openssl prints serial numbers.
    static String colons(BigInteger number) {
        byte[] bytes = number.abs().toByteArray();
        byte[] magnitude = bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
        return (number.signum() < 0 ? "-" : "") + COLONS.formatHex(magnitude);
    }
}
