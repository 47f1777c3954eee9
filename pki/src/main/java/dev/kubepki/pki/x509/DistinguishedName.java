package dev.kubepki.pki.x509;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/// A subject or issuer name (RFC 5280 §4.1.2.4), kept as the bytes in which it was written.
///
/// Names are equal when their bytes are: Go compares them so, and a re-encoded issuer locks a cluster out.
public final class DistinguishedName {
    /// commonName.
    public static final String COMMON_NAME = "2.5.4.3";
    /// organizationName.
    public static final String ORGANIZATION = "2.5.4.10";
    /// The attribute in which Kubernetes finds a user's UID.
    public static final String KUBERNETES_UID = "1.3.6.1.4.1.57683.2";

    private static final Map<String, String> SHORT_NAMES = Map.ofEntries(
            Map.entry("2.5.4.3", "CN"),
            Map.entry("2.5.4.4", "SN"),
            Map.entry("2.5.4.5", "serialNumber"),
            Map.entry("2.5.4.6", "C"),
            Map.entry("2.5.4.7", "L"),
            Map.entry("2.5.4.8", "ST"),
            Map.entry("2.5.4.9", "street"),
            Map.entry("2.5.4.10", "O"),
            Map.entry("2.5.4.11", "OU"),
            Map.entry("2.5.4.12", "title"),
            Map.entry("2.5.4.17", "postalCode"),
            Map.entry("2.5.4.42", "GN"),
            Map.entry("1.2.840.113549.1.9.1", "emailAddress"),
            Map.entry("0.9.2342.19200300.100.1.1", "UID"),
            Map.entry("0.9.2342.19200300.100.1.25", "DC"));

    private final byte[] encoded;
    private final List<List<Attribute>> rdns;

    private DistinguishedName(byte[] encoded, List<List<Attribute>> rdns) {
        this.encoded = encoded;
        this.rdns = rdns;
    }

    /// One attribute of a name.
    ///
    /// @param oid the attribute's type in dotted form
    public record Attribute(String oid, String value) {
        /// The short name in common use, such as `CN`, else the dotted type.
        public String shortName() {
            return SHORT_NAMES.getOrDefault(oid, oid);
        }

        @Override
        public String toString() {
            return shortName() + " = " + quoted();
        }

        private String quoted() {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c < ' ' || c == 0x7f) {
                    text.append('\\').append(HexFormat.of().toHexDigits((byte) c));
                } else {
                    if (c == ',' || c == '+' || c == '"' || c == '\\') {
                        text.append('\\');
                    }
                    text.append(c);
                }
            }
            return text.toString();
        }
    }

    /// A name with one attribute an RDN, in this order.
    public static DistinguishedName of(List<Attribute> attributes) {
        return ofRdns(attributes.stream().map(List::of).toList());
    }

    /// A name whose RDNs may have several attributes each.
    public static DistinguishedName ofRdns(List<List<Attribute>> rdns) {
        RDN[] encodedRdns = new RDN[rdns.size()];
        for (int i = 0; i < encodedRdns.length; i++) {
            AttributeTypeAndValue[] pairs = rdns.get(i).stream()
                    .map(a -> new AttributeTypeAndValue(new ASN1ObjectIdentifier(a.oid()), encode(a)))
                    .toArray(AttributeTypeAndValue[]::new);
            encodedRdns[i] = new RDN(pairs);
        }
        return of(new X500Name(encodedRdns));
    }

    /// A Kubernetes identity: groups as O first, each an RDN of its own, then the user name as CN.
    public static DistinguishedName of(String commonName, List<String> organizations) {
        List<Attribute> attributes = new ArrayList<>();
        for (String organization : organizations) {
            attributes.add(new Attribute(ORGANIZATION, organization));
        }
        attributes.add(new Attribute(COMMON_NAME, commonName));
        return of(attributes);
    }

    /// A name with only a CN.
    public static DistinguishedName ofCommonName(String commonName) {
        return of(commonName, List.of());
    }

    static DistinguishedName of(X500Name name) {
        List<List<Attribute>> rdns = new ArrayList<>();
        for (RDN rdn : name.getRDNs()) {
            List<Attribute> attributes = new ArrayList<>();
            for (AttributeTypeAndValue pair : rdn.getTypesAndValues()) {
                attributes.add(new Attribute(pair.getType().getId(), text(pair.getValue())));
            }
            rdns.add(List.copyOf(attributes));
        }
        try {
            return new DistinguishedName(name.getEncoded(), List.copyOf(rdns));
        } catch (IOException e) {
            throw new X509Failure("a name can't be encoded", e);
        }
    }

    /// The dotted type of an attribute's short name, in any case; a dotted type is its own.
    public static Optional<String> oidOf(String name) {
        if (name.matches("[0-2](\\.(0|[1-9][0-9]*))+")) {
            return Optional.of(name);
        }
        return SHORT_NAMES.entrySet().stream()
                .filter(e -> e.getValue().equalsIgnoreCase(name))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// Reads a Name in DER.
    public static DistinguishedName decode(byte[] der) {
        return Asn1.decode("a name", () -> of(X500Name.getInstance(der)));
    }

    X500Name asn1() {
        return X500Name.getInstance(encoded);
    }

    /// The name in DER, byte for byte as it was written.
    public byte[] encoded() {
        return encoded.clone();
    }

    /// The RDNs in order.
    public List<List<Attribute>> rdns() {
        return rdns;
    }

    /// Every value of an attribute, over all RDNs and all members of multi-valued ones, in order.
    public List<String> values(String oid) {
        List<String> values = new ArrayList<>();
        for (List<Attribute> rdn : rdns) {
            for (Attribute attribute : rdn) {
                if (attribute.oid().equals(oid)) {
                    values.add(attribute.value());
                }
            }
        }
        return values;
    }

    /// The CN that Go and so Kubernetes takes: the last one.
    public Optional<String> commonName() {
        List<String> names = values(COMMON_NAME);
        return names.isEmpty() ? Optional.empty() : Optional.of(names.getLast());
    }

    /// Every O: the groups of a Kubernetes user.
    public List<String> organizations() {
        return values(ORGANIZATION);
    }

    /// What keeps the name from being taken for a user's, as the end of a sentence: a value that is no text, or a
    /// control character, behind which another name could hide.
    public Optional<String> textProblem() {
        return NameText.problem(asn1());
    }

    /// Whether the name has no RDN.
    public boolean isEmpty() {
        return rdns.isEmpty();
    }

    /// Whether both are one name by RFC 5280 §7.1: case, the kind of string and repeated spaces do not count.
    ///
    /// OpenSSL and the JDK compare so; Go, and so Kubernetes, does not.
    public boolean matches(DistinguishedName other) {
        return rdns.size() == other.rdns.size() && isWithin(other);
    }

    /// Whether the name begins with all RDNs of the other, compared as in [#matches].
    public boolean isWithin(DistinguishedName base) {
        RDN[] own = asn1().getRDNs();
        RDN[] wanted = base.asn1().getRDNs();
        if (wanted.length > own.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!IETFUtils.rDNAreEqual(own[i], wanted[i])) {
                return false;
            }
        }
        return true;
    }

    /// One line in the order of the certificate, in openssl's manner: `O = system:masters, CN = kubernetes-admin`.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<Attribute> rdn : rdns) {
            if (!text.isEmpty()) {
                text.append(", ");
            }
            for (int i = 0; i < rdn.size(); i++) {
                text.append(i == 0 ? "" : " + ").append(rdn.get(i));
            }
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DistinguishedName that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    /// PrintableString where the text fits, else UTF8String; e-mail addresses and domain components are IA5String.
    private static ASN1Encodable encode(Attribute attribute) {
        String value = attribute.value();
        if (attribute.oid().equals("1.2.840.113549.1.9.1") || attribute.oid().equals("0.9.2342.19200300.100.1.25")) {
            return new DERIA5String(value, true);
        }
        return DERPrintableString.isPrintableString(value) ? new DERPrintableString(value) : new DERUTF8String(value);
    }

    private static String text(ASN1Encodable value) {
        if (value instanceof ASN1String string) {
            return string.getString();
        }
        try {
            byte[] der = value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
            return "#" + HexFormat.of().formatHex(der);
        } catch (IOException e) {
            throw new X509Failure("a name has a value that can't be read", e);
        }
    }
}
