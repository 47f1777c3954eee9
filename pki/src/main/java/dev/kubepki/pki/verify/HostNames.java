package dev.kubepki.pki.verify;

import dev.kubepki.pki.x509.IpText;
import java.util.Locale;

/// Host names in certificates (RFC 9525 §6.3).
final class HostNames {
    private HostNames() {}

    /// Whether a certificate's dNSName stands for the host. `*` is a wildcard as the whole left-most label only, for
    /// exactly one label. A dot at the host's end is dropped; a presented name with one is invalid.
    static boolean match(String presented, String host) {
        String wanted = lower(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
        String name = lower(presented);
        if (!isHost(wanted) || IpText.parse(wanted).isPresent() || !isPattern(name)) {
            return false;
        }
        if (!name.startsWith("*.")) {
            return name.equals(wanted);
        }
        int dot = wanted.indexOf('.');
        return dot > 0 && wanted.substring(dot).equals(name.substring(1));
    }

    /// A host, or a wildcard over one.
    static boolean isPattern(String name) {
        return isHost(name.startsWith("*.") ? name.substring(2) : name);
    }

    /// Labels of letters, digits and hyphens, and of the underscore that Go and DNS itself know.
    static boolean isHost(String name) {
        return isDotted(name, true);
    }

    /// The preferred name syntax of RFC 1034 §3.5 as RFC 1123 §2.1 widened it: without underscores.
    static boolean isPreferredSyntax(String name) {
        String host = name.startsWith("*.") ? name.substring(2) : name;
        return isDotted(host, false) && IpText.parse(host).isEmpty();
    }

    private static boolean isDotted(String name, boolean underscores) {
        if (name.isEmpty() || name.length() > 253) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            boolean sized = !label.isEmpty() && label.length() <= 63;
            if (!sized || label.startsWith("-") || label.endsWith("-")) {
                return false;
            }
            if (!label.chars().allMatch(c -> isLetterOrDigit(c) || c == '-' || (underscores && c == '_'))) {
                return false;
            }
        }
        return true;
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
