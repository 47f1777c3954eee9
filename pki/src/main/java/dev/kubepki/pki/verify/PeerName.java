package dev.kubepki.pki.verify;

import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.IpText;
import dev.kubepki.pki.x509.SubjectAltName;
import java.util.Locale;

/// By which name the peer was called. It must stand in a subject alternative name; a common name is never a host's
/// (RFC 9525 §2).
public sealed interface PeerName {
    /// A host, in ASCII: internationalized names in their `xn--` form.
    record Dns(String host) implements PeerName {
        @Override
        public String toString() {
            return host;
        }
    }

    /// An IP address in canonical text.
    record Ip(String address) implements PeerName {
        /// @throws dev.kubepki.pki.x509.X509Failure where the text is no IP address
        public Ip {
            address = new SubjectAltName.Ip(address).address();
        }

        @Override
        public String toString() {
            return address;
        }
    }

    /// A mailbox.
    record Email(String address) implements PeerName {
        @Override
        public String toString() {
            return address;
        }
    }

    /// An IP address where the text is one, else a host.
    static PeerName of(String host) {
        return IpText.parse(host)
                .<PeerName>map(bytes -> new Ip(IpText.format(bytes)))
                .orElseGet(() -> new Dns(host));
    }

    /// Whether one of the certificate's subject alternative names is this name.
    default boolean isIn(Certificate certificate) {
        return certificate.subjectAltNames().stream().anyMatch(this::is);
    }

    private boolean is(SubjectAltName presented) {
        return switch (this) {
            case Dns(String host) ->
                presented instanceof SubjectAltName.Dns(String name) && HostNames.match(name, host);
            case Ip(String address) -> presented instanceof SubjectAltName.Ip(String other) && other.equals(address);
            case Email(String address) ->
                presented instanceof SubjectAltName.Email(String other) && sameMailbox(address, other);
        };
    }

    /// RFC 5280 §7.5: the local part as written, the host in any case.
    private static boolean sameMailbox(String left, String right) {
        int at = left.lastIndexOf('@');
        return at > 0
                && at == right.lastIndexOf('@')
                && left.substring(0, at).equals(right.substring(0, at))
                && left.toLowerCase(Locale.ROOT).equals(right.toLowerCase(Locale.ROOT));
    }
}
