package dev.kubepki.pki.cluster;

import dev.kubepki.pki.key.KeyAlgorithm;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the values of descriptions. Each method throws an IllegalArgumentException whose message completes the
/// sentence
/// that a field's name begins.
final class Texts {
    /// `<MASTER_IP>`, `${MASTER_IP}`, `$(hostname)`, `{{ ip }}`, `$MASTER_IP`.
    private static final Pattern PLACEHOLDER =
            Pattern.compile("<[^<>]*>|\\$\\{[^}]*}|\\$\\([^)]*\\)|\\{\\{.*?}}|\\$[A-Za-z_][A-Za-z0-9_]*");

    /// `LOAD_BALANCER_DNS`: no host name looks like this.
    private static final Pattern SHOUTED = Pattern.compile("\\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\\b");

    /// RFC 1123 §2.1 in lower case: what Kubernetes takes as the name of a node.
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*");

    private static final Pattern NUMERIC_END = Pattern.compile("([^.]*\\.)*[0-9]+");
    private static final Pattern SAN_PREFIX = Pattern.compile("(?i)(IP( Address)?|DNS|email|URI)[:=].*");
    private static final Pattern HOST_PORT = Pattern.compile("(\\[[^]]*]|[^:]*):([0-9]{1,6})");

    private Texts() {}

    static void refuseEmptyOrPlaceholder(String text, String example) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("is empty; write for example " + example + ", or remove the line");
        }
        if (text.indexOf('<') < 0 && text.indexOf('$') < 0 && text.indexOf('{') < 0) {
            return;
        }
        Matcher placeholder = PLACEHOLDER.matcher(text);
        if (placeholder.find()) {
            throw placeholder(placeholder.group());
        }
    }

    /// A non-empty word without blanks, for what has no grammar of its own.
    static String word(String text) {
        refuseEmptyOrPlaceholder(text, "kubernetes");
        if (text.chars().anyMatch(c -> c <= ' ' || Character.isISOControl(c) || Character.isWhitespace(c))) {
            throw new IllegalArgumentException("'" + shown(text) + "' holds blanks or control characters");
        }
        return text;
    }

    static String absolutePath(String text) {
        refuseEmptyOrPlaceholder(text, "/etc/kubernetes/pki");
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("'" + shown(text) + "' is not an absolute path");
        }
        return text;
    }

    static IpAddress address(String text) {
        refuseEmptyOrPlaceholder(text, "10.0.0.11");
        return IpAddress.parse(text).orElseThrow(() -> new IllegalArgumentException(notAnAddress(text)));
    }

    static Cidr cidr(String text) {
        refuseEmptyOrPlaceholder(text, "10.96.0.0/12");
        return Cidr.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + shown(text) + "' is not a range of addresses such as 10.96.0.0/12"));
    }

    /// A DNS name in lower case, without a dot at its end.
    static String dnsName(String text) {
        refuseEmptyOrPlaceholder(text, "cluster.local");
        if (text.length() > 253 || !SUBDOMAIN.matcher(text).matches()) {
            Matcher shouted = SHOUTED.matcher(text);
            throw shouted.find() ? placeholder(shouted.group()) : new IllegalArgumentException(notADnsName(text));
        }
        return text;
    }

    /// The name of a node, exactly as its kubelet registers it.
    static String nodeName(String text) {
        refuseEmptyOrPlaceholder(text, "node-1");
        if (text.toLowerCase(Locale.ROOT).startsWith("system:node:")) {
            String name = text.substring("system:node:".length()).toLowerCase(Locale.ROOT);
            throw new IllegalArgumentException(
                    "'" + shown(text) + "' is the user name of a kubelet, not a node's name; write "
                            + (name.isEmpty() ? "node01" : name));
        }
        return dnsName(text);
    }

    /// A name or address of a serving certificate: an IP literal, made canonical, a DNS name, or one with a wildcard as
    /// its first label (RFC 6125 §6.4.3).
    static String san(String text) {
        refuseEmptyOrPlaceholder(text, "api.example.com");
        if (text.startsWith("*.")) {
            return "*." + host(text.substring(2));
        }
        return host(text);
    }

    /// A DNS name or a canonical IP literal.
    static String host(String text) {
        refuseEmptyOrPlaceholder(text, "api.example.com");
        if (IpAddress.parse(text).isPresent()) {
            return new IpAddress(text).text();
        }
        if (SAN_PREFIX.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + shown(text) + "' must be written without "
                    + text.substring(0, text.indexOf(text.contains(":") ? ':' : '=') + 1));
        }
        if (text.contains("://")) {
            throw new IllegalArgumentException("'" + shown(text) + "' is a URL; write its host alone");
        }
        if (HOST_PORT.matcher(text).matches() && text.indexOf(':') == text.lastIndexOf(':')) {
            throw new IllegalArgumentException("'" + shown(text) + "' has a port; write the host alone");
        }
        if (NUMERIC_END.matcher(text).matches() || text.contains(":") || text.contains("/")) {
            throw new IllegalArgumentException(
                    "'" + shown(text) + "' is neither an IP address nor a DNS name" + addressHint(text));
        }
        return dnsName(text);
    }

    /// A host and, where it is written, a port.
    record Endpoint(String host, OptionalInt port) {}

    /// `api.example.com`, `api.example.com:6443`, `10.0.0.1:6443`, `[2001:db8::1]:6443`, `2001:db8::1`.
    static Endpoint endpoint(String text) {
        refuseEmptyOrPlaceholder(text, "api.example.com:6443");
        if (IpAddress.parse(text).isPresent()) {
            return new Endpoint(new IpAddress(text).text(), OptionalInt.empty());
        }
        if (text.contains("://")) {
            throw new IllegalArgumentException("'" + shown(text) + "' is a URL; write host:port alone");
        }
        Matcher parts = HOST_PORT.matcher(text);
        if (!parts.matches()) {
            return new Endpoint(bracketed(text), OptionalInt.empty());
        }
        return new Endpoint(bracketed(parts.group(1)), OptionalInt.of(port(Long.parseLong(parts.group(2)))));
    }

    static int port(long number) {
        if (number < 1 || number > 65535) {
            throw new IllegalArgumentException(number + " is not a port; ports are 1 to 65535");
        }
        return (int) number;
    }

    private static String bracketed(String host) {
        if (!host.startsWith("[") || !host.endsWith("]")) {
            return host(host);
        }
        String inside = host.substring(1, host.length() - 1);
        return IpAddress.parse(inside)
                .filter(IpAddress::isV6)
                .map(IpAddress::text)
                .orElseThrow(() -> new IllegalArgumentException("'" + shown(inside) + "' is not an IPv6 address"));
    }

    /// The URL of an etcd member.
    static String etcdUrl(String text) {
        refuseEmptyOrPlaceholder(text, "https://10.0.0.21:2379");
        try {
            URI url = new URI(text);
            boolean known = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (known && url.getHost() != null && url.getPort() <= 65535) {
                return text;
            }
        } catch (URISyntaxException e) {
            // told below, like every other text that is no URL of a server
        }
        throw new IllegalArgumentException("'" + shown(text) + "' is not a URL such as https://10.0.0.21:2379");
    }

    static KeyAlgorithm algorithm(String text) {
        refuseEmptyOrPlaceholder(text, "ECDSA-P256");
        return KeyAlgorithm.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + shown(text) + "' is not a key algorithm; write "
                        + Words.any(Arrays.stream(KeyAlgorithm.values())
                                .map(KeyAlgorithm::label)
                                .toList())));
    }

    private static String notAnAddress(String text) {
        String hint = addressHint(text);
        if (Cidr.parse(text).isPresent()) {
            hint = " but a range; write the address alone";
        } else if (HOST_PORT.matcher(text).matches()) {
            hint = " but has a port; write the address alone";
        }
        return "'" + shown(text) + "' is not an IP address" + hint;
    }

    private static String addressHint(String text) {
        String withoutZeros = text.replaceAll("(^|\\.)0+(?=[0-9])", "$1");
        boolean zeros =
                !withoutZeros.equals(text) && IpAddress.parse(withoutZeros).isPresent();
        return zeros ? ", for some programs read its leading zeros as octal; write " + withoutZeros : "";
    }

    private static String notADnsName(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.equals(text) && SUBDOMAIN.matcher(lower).matches()) {
            return "'" + shown(text) + "' has upper-case letters, which Kubernetes refuses; write " + lower;
        }
        if (text.endsWith(".")
                && SUBDOMAIN.matcher(text.substring(0, text.length() - 1)).matches()) {
            return "'" + shown(text) + "' must be written without the dot at its end";
        }
        return "'" + shown(text) + "' is not a DNS name: labels of lower-case letters, digits and '-', each at most 63"
                + " long, beginning and ending with a letter or digit, joined by dots (RFC 1123)";
    }

    private static IllegalArgumentException placeholder(String name) {
        return new IllegalArgumentException(
                "still holds the placeholder " + shown(name) + "; write the real value in its place");
    }

    /// Short and on one line, for messages.
    static String shown(String text) {
        String oneLine = text.replaceAll("\\p{Cntrl}", "?");
        return oneLine.length() <= 80 ? oneLine : oneLine.substring(0, 77) + "...";
    }
}
