package dev.kubepki.pki.issue;

/// The DNS names that a certificate may carry.
final class DnsNames {
    private DnsNames() {}

    /// RFC 1123 labels, the underscore that Go accepts too, and `*` as the whole left-most label of at least three.
    static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > 253) {
            return false;
        }
        String[] labels = name.split("\\.", -1);
        for (int i = 0; i < labels.length; i++) {
            boolean wildcard = i == 0 && labels[i].equals("*") && labels.length >= 3;
            if (!wildcard && !isLabel(labels[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLabel(String label) {
        if (label.isEmpty() || label.length() > 63 || label.startsWith("-") || label.endsWith("-")) {
            return false;
        }
        return label.chars().allMatch(c -> c == '-' || c == '_' || isAsciiLetterOrDigit(c));
    }

    private static boolean isAsciiLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
