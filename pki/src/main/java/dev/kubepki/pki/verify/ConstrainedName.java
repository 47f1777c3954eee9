package dev.kubepki.pki.verify;

import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.IpText;
import dev.kubepki.pki.x509.NameConstraints.Subtree;
import dev.kubepki.pki.x509.SubjectAltName;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// A name as name constraints see it. One that can't be read lies in no subtree, and may lie in any.
sealed interface ConstrainedName {
    boolean isOfKind(Subtree subtree);

    boolean isWellFormed();

    /// Whether everything that the name stands for lies in the subtree.
    boolean isWithin(Subtree subtree);

    /// Whether anything that the name stands for lies in the subtree.
    default boolean meets(Subtree subtree) {
        return isWithin(subtree);
    }

    static ConstrainedName of(SubjectAltName name) {
        return switch (name) {
            case SubjectAltName.Dns(String dns) -> new Dns(HostNames.lower(dns));
            case SubjectAltName.Ip(String address) -> new Ip(address);
            case SubjectAltName.Uri(String uri) -> new Uri(uri);
            case SubjectAltName.Email(String address) -> new Email(address);
            case SubjectAltName.Other other ->
                other.directoryName().<ConstrainedName>map(Directory::new).orElseGet(() -> new Unknown(other));
        };
    }

    /// Whether the host is the base or below it; with a leading dot, which Go and OpenSSL know, only below.
    private static boolean isBelow(String host, String base) {
        String wanted = HostNames.lower(base);
        return wanted.isEmpty()
                || (wanted.startsWith(".")
                        ? host.endsWith(wanted)
                        : host.equals(wanted) || host.endsWith("." + wanted));
    }

    /// Hosts of mailboxes and URIs: without a dot in front the host itself and nothing below.
    private static boolean isHostIn(String host, String base) {
        String wanted = HostNames.lower(base);
        return wanted.isEmpty() || (wanted.startsWith(".") ? host.endsWith(wanted) : host.equals(wanted));
    }

    record Dns(String name) implements ConstrainedName {
        @Override
        public boolean isOfKind(Subtree subtree) {
            return subtree instanceof Subtree.Dns;
        }

        @Override
        public boolean isWellFormed() {
            return HostNames.isPattern(name);
        }

        @Override
        public boolean isWithin(Subtree subtree) {
            return subtree instanceof Subtree.Dns(String base) && isBelow(name, base);
        }

        /// A wildcard stands for every name one label below: it meets the subtree of each of them.
        @Override
        public boolean meets(Subtree subtree) {
            if (isWithin(subtree)) {
                return true;
            }
            return name.startsWith("*.")
                    && subtree instanceof Subtree.Dns(String base)
                    && base.indexOf('.', 1) > 0
                    && HostNames.lower(base).substring(base.indexOf('.', 1)).equals(name.substring(1));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    record Ip(String address) implements ConstrainedName {
        @Override
        public boolean isOfKind(Subtree subtree) {
            return subtree instanceof Subtree.Ip;
        }

        @Override
        public boolean isWellFormed() {
            return true;
        }

        @Override
        public boolean isWithin(Subtree subtree) {
            return subtree instanceof Subtree.Ip network
                    && network.contains(IpText.parse(address).orElseThrow());
        }

        @Override
        public String toString() {
            return address;
        }
    }

    record Email(String address) implements ConstrainedName {
        @Override
        public boolean isOfKind(Subtree subtree) {
            return subtree instanceof Subtree.Email;
        }

        @Override
        public boolean isWellFormed() {
            boolean quoted = address.startsWith("\"") && address.lastIndexOf("\"@") > 0;
            return !local().isEmpty() && HostNames.isHost(host()) && (quoted || local().indexOf('@') < 0);
        }

        /// The local part counts to the letter (RFC 5280 §7.5); `*` in it is a letter like others.
        @Override
        public boolean isWithin(Subtree subtree) {
            if (!(subtree instanceof Subtree.Email(String base))) {
                return false;
            }
            int at = base.lastIndexOf('@');
            return at < 0
                    ? isHostIn(host(), base)
                    : local().equals(base.substring(0, at)) && host().equals(HostNames.lower(base.substring(at + 1)));
        }

        private String local() {
            return address.substring(0, Math.max(0, address.lastIndexOf('@')));
        }

        private String host() {
            return HostNames.lower(address.substring(address.lastIndexOf('@') + 1));
        }

        @Override
        public String toString() {
            return address;
        }
    }

    record Uri(String uri) implements ConstrainedName {
        @Override
        public boolean isOfKind(Subtree subtree) {
            return subtree instanceof Subtree.Uri;
        }

        /// RFC 5280 §4.2.1.10: without a host, or with an IP address for one, the constraints can't be met.
        @Override
        public boolean isWellFormed() {
            return host().filter(HostNames::isHost)
                    .filter(host -> IpText.parse(host).isEmpty())
                    .isPresent();
        }

        @Override
        public boolean isWithin(Subtree subtree) {
            return subtree instanceof Subtree.Uri(String base)
                    && host().filter(host -> isHostIn(host, base)).isPresent();
        }

        private Optional<String> host() {
            try {
                return Optional.ofNullable(new URI(uri).getHost()).map(HostNames::lower);
            } catch (URISyntaxException e) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return uri;
        }
    }

    record Directory(DistinguishedName name) implements ConstrainedName {
        @Override
        public boolean isOfKind(Subtree subtree) {
            return subtree instanceof Subtree.Directory;
        }

        @Override
        public boolean isWellFormed() {
            return true;
        }

        @Override
        public boolean isWithin(Subtree subtree) {
            return subtree instanceof Subtree.Directory(DistinguishedName base) && name.isWithin(base);
        }

        @Override
        public String toString() {
            return name.toString();
        }
    }

    /// A kind of name that is not understood: any constraint on its kind refuses it.
    record Unknown(SubjectAltName.Other name) implements ConstrainedName {
        @Override
        public boolean isOfKind(Subtree subtree) {
            return subtree instanceof Subtree.Unsupported(int tag) && tag == name.tag();
        }

        @Override
        public boolean isWellFormed() {
            return false;
        }

        @Override
        public boolean isWithin(Subtree subtree) {
            return false;
        }

        @Override
        public String toString() {
            return name.toString();
        }
    }
}
