package dev.kubepki.pki.x509;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;

/// One name of the subject alternative name extension (RFC 5280 §4.2.1.6).
public sealed interface SubjectAltName {
    /// A DNS name, as written in the certificate.
    record Dns(String name) implements SubjectAltName {
        // Spelled out here and below, as a record's own are linked when first used, for which every start would wait.
        @Override
        public boolean equals(Object other) {
            return other instanceof Dns that && name.equals(that.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }

        @Override
        public String toString() {
            return "DNS:" + name;
        }
    }

    /// An IP address in canonical text.
    record Ip(String address) implements SubjectAltName {
        /// @throws X509Failure where the text is no IP address
        public Ip {
            Optional<byte[]> bytes = IpText.parse(address);
            if (bytes.isEmpty()) {
                throw new X509Failure("'" + address + "' is not an IP address");
            }
            address = IpText.format(bytes.get());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Ip that && address.equals(that.address);
        }

        @Override
        public int hashCode() {
            return address.hashCode();
        }

        @Override
        public String toString() {
            return "IP Address:" + address;
        }
    }

    /// A URI, as written in the certificate.
    record Uri(String uri) implements SubjectAltName {
        @Override
        public String toString() {
            return "URI:" + uri;
        }
    }

    /// An e-mail address, as written in the certificate.
    record Email(String address) implements SubjectAltName {
        @Override
        public String toString() {
            return "email:" + address;
        }
    }

    /// A name of a kind that Kubernetes does not use.
    ///
    /// @param tag the GeneralName's tag, 0 to 8
    /// @param encoded the whole GeneralName in DER
    @SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare the bytes
    record Other(int tag, byte[] encoded) implements SubjectAltName {
        /// The name, where the kind is directoryName.
        public Optional<DistinguishedName> directoryName() {
            return tag == GeneralName.directoryName
                    ? Optional.of(Asn1.decode(
                            "a directory name",
                            () -> DistinguishedName.of(X500Name.getInstance(
                                    GeneralName.getInstance(encoded).getName()))))
                    : Optional.empty();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Other that && tag == that.tag && Arrays.equals(encoded, that.encoded);
        }

        @Override
        public int hashCode() {
            return 31 * tag + Arrays.hashCode(encoded);
        }

        @Override
        public String toString() {
            return "[" + tag + "]:" + HexFormat.of().formatHex(encoded);
        }
    }

    /// An IP address where the text is one, else a DNS name, verbatim.
    static SubjectAltName of(String host) {
        return IpText.parse(host)
                .<SubjectAltName>map(bytes -> new Ip(IpText.format(bytes)))
                .orElseGet(() -> new Dns(host));
    }
}
