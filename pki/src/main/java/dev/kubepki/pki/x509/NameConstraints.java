package dev.kubepki.pki.x509;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;

/// The names that a CA's certificates may and may not carry (RFC 5280 §4.2.1.10).
///
/// A name of a kind for which `permitted` has subtrees must lie in one of them; none may lie in an excluded one.
public record NameConstraints(List<Subtree> permitted, List<Subtree> excluded) {
    /// Defensive copies.
    public NameConstraints {
        permitted = List.copyOf(permitted);
        excluded = List.copyOf(excluded);
    }

    /// All names of one kind below one point.
    public sealed interface Subtree {
        /// A host and everything below it; with a leading dot, which RFC 5280 does not know, only what is below.
        record Dns(String base) implements Subtree {}

        /// One mailbox, all mailboxes of a host, or with a leading dot those of all hosts below.
        record Email(String base) implements Subtree {}

        /// URIs with this host, or with a leading dot with a host below.
        record Uri(String base) implements Subtree {}

        /// A network.
        @SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare the bytes
        record Ip(byte[] address, byte[] mask) implements Subtree {
            /// Whether the address, 4 or 16 bytes, lies in the network. IPv4 and IPv6 never meet.
            public boolean contains(byte[] other) {
                if (other.length != address.length) {
                    return false;
                }
                for (int i = 0; i < address.length; i++) {
                    if (((address[i] ^ other[i]) & mask[i]) != 0) {
                        return false;
                    }
                }
                return true;
            }

            @Override
            public boolean equals(Object other) {
                return other instanceof Ip that
                        && Arrays.equals(address, that.address)
                        && Arrays.equals(mask, that.mask);
            }

            @Override
            public int hashCode() {
                return 31 * Arrays.hashCode(address) + Arrays.hashCode(mask);
            }

            @Override
            public String toString() {
                return "Ip[" + IpText.format(address) + "/" + HexFormat.of().formatHex(mask) + "]";
            }
        }

        /// Names that begin with these RDNs.
        record Directory(DistinguishedName base) implements Subtree {}

        /// A kind of name that is not understood here: every name of the kind must be refused.
        ///
        /// @param tag the GeneralName's tag
        record Unsupported(int tag) implements Subtree {}
    }

    static NameConstraints decode(Extension extension) {
        return Asn1.decode("the name constraints extension", () -> {
            List<Subtree> permitted = new ArrayList<>();
            List<Subtree> excluded = new ArrayList<>();
            for (ASN1Encodable field : ASN1Sequence.getInstance(extension.value())) {
                ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(field, 128);
                List<Subtree> target = tagged.getTagNo() == 0 ? permitted : excluded;
                if (tagged.getTagNo() > 1 || !target.isEmpty()) {
                    throw new X509Failure("the name constraints extension has a field that does not belong there");
                }
                for (ASN1Encodable subtree : ASN1Sequence.getInstance(tagged, false)) {
                    target.add(subtree(ASN1Sequence.getInstance(subtree)));
                }
                if (target.isEmpty()) {
                    throw new X509Failure("the name constraints extension has an empty list");
                }
            }
            if (permitted.isEmpty() && excluded.isEmpty()) {
                throw new X509Failure("the name constraints extension is empty");
            }
            return new NameConstraints(permitted, excluded);
        });
    }

    /// Minimum and maximum are not used in any profile (RFC 5280 §4.2.1.10): whoever wrote them meant something else.
    private static Subtree subtree(ASN1Sequence subtree) {
        if (subtree.size() != 1) {
            throw new X509Failure("the name constraints extension has a minimum or maximum, which nobody supports");
        }
        GeneralName name = GeneralName.getInstance(subtree.getObjectAt(0));
        return switch (name.getTagNo()) {
            case GeneralName.dNSName -> new Subtree.Dns(host(ia5(name)));
            case GeneralName.rfc822Name -> new Subtree.Email(mailbox(ia5(name)));
            case GeneralName.uniformResourceIdentifier -> new Subtree.Uri(host(ia5(name)));
            case GeneralName.iPAddress ->
                network(ASN1OctetString.getInstance(name.getName()).getOctets());
            case GeneralName.directoryName ->
                new Subtree.Directory(DistinguishedName.of(X500Name.getInstance(name.getName())));
            default -> new Subtree.Unsupported(name.getTagNo());
        };
    }

    /// A host, with a dot in front or not; or nothing, which stands for all.
    private static String host(String base) {
        String body = base.startsWith(".") ? base.substring(1) : base;
        boolean hollow = body.isEmpty() || body.startsWith(".") || body.endsWith(".") || body.contains("..");
        if ((hollow && !base.isEmpty()) || base.indexOf('*') >= 0) {
            throw new X509Failure("the name constraints extension names '" + base + "', which is no host");
        }
        return base;
    }

    private static String mailbox(String base) {
        int at = base.lastIndexOf('@');
        if (at < 0) {
            return host(base);
        }
        String local = base.substring(0, at);
        if (local.isEmpty() || (local.indexOf('@') >= 0 && !local.startsWith("\"")) || at == base.length() - 1) {
            throw new X509Failure("the name constraints extension names '" + base + "', which is no e-mail address");
        }
        host(base.substring(at + 1));
        return base;
    }

    private static Subtree network(byte[] bytes) {
        if (bytes.length != 8 && bytes.length != 32) {
            throw new X509Failure("the name constraints extension has an IP network of " + bytes.length + " bytes");
        }
        int half = bytes.length / 2;
        byte[] mask = Arrays.copyOfRange(bytes, half, bytes.length);
        boolean zeroSeen = false;
        for (int bit = 0; bit < half * 8; bit++) {
            boolean one = (mask[bit / 8] & (0x80 >> (bit % 8))) != 0;
            if (one && zeroSeen) {
                throw new X509Failure("the name constraints extension has an IP mask with holes");
            }
            zeroSeen |= !one;
        }
        return new Subtree.Ip(Arrays.copyOf(bytes, half), mask);
    }

    private static String ia5(GeneralName name) {
        return ExtensionSyntax.ascii(ASN1IA5String.getInstance(name.getName()).getString());
    }
}
