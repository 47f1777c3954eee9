package dev.kubepki.pki.x509;

import java.net.InetAddress;
import java.util.Optional;

/// IP addresses as text, without ever asking a name server.
public final class IpText {
    private IpText() {}

    /// The 4 or 16 bytes of a literal address; empty where the text is not one.
    public static Optional<byte[]> parse(String text) {
        boolean plausible = !text.isEmpty()
                && text.indexOf('%') < 0
                && text.indexOf('[') < 0
                && (text.indexOf(':') >= 0 || text.chars().filter(c -> c == '.').count() == 3);
        if (!plausible) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The canonical text: dotted decimal, or RFC 5952 for IPv6.
    public static String format(byte[] address) {
        if (address.length == 4) {
            return (address[0] & 0xff) + "." + (address[1] & 0xff) + "." + (address[2] & 0xff) + "."
                    + (address[3] & 0xff);
        }
        if (address.length != 16) {
            throw new X509Failure("an IP address has " + address.length + " bytes, where 4 or 16 belong");
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = ((address[2 * i] & 0xff) << 8) | (address[2 * i + 1] & 0xff);
        }
        return formatGroups(groups);
    }

    /// RFC 5952 §4.2: the longest run of two or more zero groups, the first of equals, becomes `::`.
    private static String formatGroups(int[] groups) {
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int length = 0;
            while (i + length < 8 && groups[i + length] == 0) {
                length++;
            }
            if (length > bestLength) {
                bestStart = i;
                bestLength = length;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
