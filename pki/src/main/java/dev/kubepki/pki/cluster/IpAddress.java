package dev.kubepki.pki.cluster;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.util.Optional;
import java.util.regex.Pattern;

/// An IP address by its canonical text: dotted decimals, or IPv6 as RFC 5952 writes it. Never looked up anywhere.
///
/// An IPv4-mapped IPv6 address becomes the IPv4 address, as in Go and thus in every Kubernetes component.
public record IpAddress(String text) implements Comparable<IpAddress> {
    private static final Pattern DECIMALS = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern COLONS = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    /// The loopback address of IPv4.
    public static final IpAddress LOOPBACK = new IpAddress("127.0.0.1");

    /// The loopback address of IPv6.
    public static final IpAddress LOOPBACK_V6 = new IpAddress("::1");

    /// Takes a literal in any spelling; refuses anything else with an `IllegalArgumentException`.
    public IpAddress {
        byte[] bytes = bytesOf(text);
        if (bytes.length == 0) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address");
        }
        text = canonical(bytes);
    }

    // Spelled out: a record's own two are linked when they are first used, and the first of a program takes 15 ms.
    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /// Reads a literal; leading zeros in decimals (octal to some readers), zone names and brackets are refused.
    public static Optional<IpAddress> parse(String text) {
        byte[] bytes = bytesOf(text);
        return bytes.length == 0 ? Optional.empty() : Optional.of(new IpAddress(canonical(bytes)));
    }

    /// The address of 4 or 16 bytes in network order.
    public static IpAddress of(byte[] bytes) {
        if (bytes.length != 4 && bytes.length != 16) {
            throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + bytes.length);
        }
        return new IpAddress(canonical(bytes));
    }

    /// 4 or 16 bytes in network order.
    public byte[] bytes() {
        return bytesOf(text);
    }

    /// The address so many further on; empty beyond the last one there is.
    public Optional<IpAddress> plus(long offset) {
        byte[] bytes = bytes();
        BigInteger sum = new BigInteger(1, bytes).add(BigInteger.valueOf(offset));
        if (sum.signum() < 0 || sum.bitLength() > 8 * bytes.length) {
            return Optional.empty();
        }
        byte[] digits = sum.toByteArray();
        byte[] padded = new byte[bytes.length];
        for (int i = 1; i <= padded.length && i <= digits.length; i++) {
            padded[padded.length - i] = digits[digits.length - i];
        }
        return Optional.of(of(padded));
    }

    /// Whether this is an IPv6 address.
    public boolean isV6() {
        return text.indexOf(':') >= 0;
    }

    /// Whether the address means the host itself: 127.0.0.0/8 or ::1.
    public boolean isLoopback() {
        return isV6() ? text.equals("::1") : text.startsWith("127.");
    }

    /// Whether the address means "any": 0.0.0.0 or ::.
    public boolean isUnspecified() {
        return text.equals("0.0.0.0") || text.equals("::");
    }

    /// As a part of a URL: IPv6 in brackets.
    public String inUrl() {
        return isV6() ? "[" + text + "]" : text;
    }

    @Override
    public int compareTo(IpAddress other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }

    private static byte[] bytesOf(String text) {
        if (DECIMALS.matcher(text).matches()) {
            return decimals(text);
        }
        if (!COLONS.matcher(text).matches()) {
            return new byte[0];
        }
        try {
            return Inet6Address.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] decimals(String text) {
        byte[] bytes = new byte[4];
        int start = 0;
        for (int i = 0; i < 4; i++) {
            int dot = text.indexOf('.', start);
            int value = Integer.parseInt(text.substring(start, dot < 0 ? text.length() : dot));
            if (value > 255) {
                return new byte[0];
            }
            bytes[i] = (byte) value;
            start = dot + 1;
        }
        return bytes;
    }

    private static String canonical(byte[] bytes) {
        if (bytes.length == 4) {
            return (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[3] & 0xff);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff);
        }
        return colons(groups);
    }

    /// RFC 5952 §4: lower case, no leading zeros, the first of the longest runs of two or more zero groups shortened.
    private static String colons(int[] groups) {
        int from = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                from = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == from) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(i == 0 || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
