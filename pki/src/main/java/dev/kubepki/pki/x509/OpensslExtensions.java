package dev.kubepki.pki.x509;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.Time;

/// Extensions as openssl prints them. What is not in the table is shown as openssl shows what it does not know: its
/// bytes, with a dot for each that is no letter.
final class OpensslExtensions {
    /// Lines without indentation and without the last line's end.
    interface Printer {
        String print(byte[] value);
    }

    private static final Map<String, Printer> PRINTERS = Map.ofEntries(
            Map.entry(Extension.SUBJECT_KEY_IDENTIFIER, OpensslExtensions::subjectKeyIdentifier),
            Map.entry(Extension.AUTHORITY_KEY_IDENTIFIER, OpensslExtensions::authorityKeyIdentifier),
            Map.entry(Extension.KEY_USAGE, OpensslExtensions::keyUsage),
            Map.entry(Extension.EXTENDED_KEY_USAGE, OpensslExtensions::extendedKeyUsage),
            Map.entry(Extension.BASIC_CONSTRAINTS, OpensslExtensions::basicConstraints),
            Map.entry(Extension.SUBJECT_ALT_NAME, OpensslExtensions::generalNames),
            Map.entry("2.5.29.18", OpensslExtensions::generalNames),
            Map.entry("2.5.29.29", OpensslExtensions::generalNames),
            Map.entry(RevocationList.CRL_NUMBER, OpensslExtensions::integer),
            Map.entry("2.5.29.27", OpensslExtensions::integer),
            Map.entry("2.5.29.54", OpensslExtensions::integer),
            Map.entry("2.5.29.21", OpensslExtensions::reason),
            Map.entry("2.5.29.24", OpensslExtensions::invalidityDate),
            Map.entry(Extension.NAME_CONSTRAINTS, OpensslConstraints::nameConstraints),
            Map.entry("2.5.29.31", OpensslConstraints::distributionPoints),
            Map.entry("2.5.29.46", OpensslConstraints::distributionPoints),
            Map.entry("2.5.29.32", OpensslConstraints::policies),
            Map.entry("2.5.29.36", OpensslExtensions::policyConstraints),
            Map.entry("1.3.6.1.5.5.7.1.1", OpensslExtensions::informationAccess),
            Map.entry("1.3.6.1.5.5.7.1.11", OpensslExtensions::informationAccess),
            Map.entry("1.3.6.1.5.5.7.1.24", OpensslExtensions::tlsFeature),
            Map.entry("1.3.6.1.5.5.7.48.1.5", value -> ""),
            Map.entry("2.16.840.1.113730.1.1", OpensslExtensions::netscapeCertType),
            Map.entry("2.16.840.1.113730.1.13", OpensslExtensions::netscapeComment));

    static final List<String> REASONS = List.of(
            "Unused",
            "Key Compromise",
            "CA Compromise",
            "Affiliation Changed",
            "Superseded",
            "Cessation Of Operation",
            "Certificate Hold",
            "Privilege Withdrawn",
            "AA Compromise");

    private static final List<String> CRL_REASONS = List.of(
            "Unspecified",
            "Key Compromise",
            "CA Compromise",
            "Affiliation Changed",
            "Superseded",
            "Cessation Of Operation",
            "Certificate Hold",
            "",
            "Remove From CRL",
            "Privilege Withdrawn",
            "AA Compromise");

    private static final List<String> NETSCAPE_TYPES = List.of(
            "SSL Client",
            "SSL Server",
            "S/MIME",
            "Object Signing",
            "Unused",
            "SSL CA",
            "S/MIME CA",
            "Object Signing CA");

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    private OpensslExtensions() {}

    /// The extensions, each with its heading at this column.
    static void print(StringBuilder out, List<Extension> extensions, int indent) {
        for (Extension extension : extensions) {
            out.append(" ".repeat(indent))
                    .append(ObjectNames.longName(new ASN1ObjectIdentifier(extension.oid())))
                    .append(extension.critical() ? ": critical\n" : ": \n");
            String column = " ".repeat(indent + 4);
            String text = text(extension);
            out.append(text.isEmpty() ? "" : column + text.replace("\n", "\n" + column))
                    .append('\n');
        }
    }

    private static String text(Extension extension) {
        Printer printer = PRINTERS.get(extension.oid());
        if (printer != null) {
            try {
                return Asn1.decode("an extension", () -> printer.print(extension.value()));
            } catch (X509Failure damaged) {
                return raw(extension.value());
            }
        }
        return raw(extension.value());
    }

    /// A line feed inside would let a value pose as another extension's line; openssl prints it, this does not.
    private static String raw(byte[] value) {
        StringBuilder text = new StringBuilder();
        for (byte each : value) {
            text.append(each >= ' ' && each < 0x7f ? (char) each : '.');
        }
        return text.toString();
    }

    private static String subjectKeyIdentifier(byte[] value) {
        return COLONS.formatHex(ASN1OctetString.getInstance(value).getOctets());
    }

    private static String authorityKeyIdentifier(byte[] value) {
        org.bouncycastle.asn1.x509.AuthorityKeyIdentifier id =
                org.bouncycastle.asn1.x509.AuthorityKeyIdentifier.getInstance(ASN1Sequence.getInstance(value));
        List<String> lines = new ArrayList<>();
        byte[] keyId = id.getKeyIdentifierOctets();
        GeneralNames issuer = id.getAuthorityCertIssuer();
        BigInteger serial = id.getAuthorityCertSerialNumber();
        if (keyId != null) {
            lines.add((issuer != null || serial != null ? "keyid:" : "") + COLONS.formatHex(keyId));
        }
        if (issuer != null) {
            for (GeneralName name : issuer.getNames()) {
                lines.add(OpensslNames.general(name));
            }
        }
        if (serial != null) {
            lines.add("serial:" + COLONS.formatHex(magnitude(serial)));
        }
        return String.join("\n", lines);
    }

    static byte[] magnitude(BigInteger value) {
        byte[] bytes = value.abs().toByteArray();
        return bytes.length > 1 && bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String keyUsage(byte[] value) {
        List<String> labels = new ArrayList<>();
        for (KeyUsage usage : Extensions.keyUsage(new Extension(Extension.KEY_USAGE, true, value))) {
            labels.add(usage.label());
        }
        return String.join(", ", labels);
    }

    private static String extendedKeyUsage(byte[] value) {
        List<String> labels = new ArrayList<>();
        for (ASN1Encodable each : ASN1Sequence.getInstance(value)) {
            labels.add(ObjectNames.longName(ASN1ObjectIdentifier.getInstance(each)));
        }
        return String.join(", ", labels);
    }

    private static String basicConstraints(byte[] value) {
        BasicConstraints constraints =
                Extensions.basicConstraints(new Extension(Extension.BASIC_CONSTRAINTS, true, value));
        String limit = constraints.pathLength().isPresent()
                ? ", pathlen:" + constraints.pathLength().getAsInt()
                : "";
        return (constraints.ca() ? "CA:TRUE" : "CA:FALSE") + limit;
    }

    private static String generalNames(byte[] value) {
        List<String> names = new ArrayList<>();
        for (GeneralName name : GeneralNames.getInstance(value).getNames()) {
            names.add(OpensslNames.general(name));
        }
        return names.isEmpty() ? "<EMPTY>\n" : String.join(", ", names);
    }

    /// openssl turns to hex where the number has 128 bits or more.
    private static String integer(byte[] value) {
        return number(ASN1Integer.getInstance(value).getValue());
    }

    private static String number(BigInteger value) {
        return value.bitLength() < 128
                ? value.toString()
                : (value.signum() < 0 ? "-" : "")
                        + "0x"
                        + HexFormat.of().withUpperCase().formatHex(magnitude(value));
    }

    private static String reason(byte[] value) {
        int code = ASN1Enumerated.getInstance(value).intValueExact();
        return code >= 0 && code < CRL_REASONS.size() && code != 7 ? CRL_REASONS.get(code) : Integer.toString(code);
    }

    private static String invalidityDate(byte[] value) {
        return OpensslText.time(RevocationList.instant(Time.getInstance(ASN1GeneralizedTime.getInstance(value))));
    }

    private static String policyConstraints(byte[] value) {
        List<String> parts = new ArrayList<>();
        for (ASN1Encodable each : ASN1Sequence.getInstance(value)) {
            ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(each);
            String label = tagged.getTagNo() == 0 ? "Require Explicit Policy:" : "Inhibit Policy Mapping:";
            parts.add(label + number(ASN1Integer.getInstance(tagged, false).getValue()));
        }
        return String.join(", ", parts);
    }

    private static String informationAccess(byte[] value) {
        List<String> lines = new ArrayList<>();
        for (AccessDescription each :
                AuthorityInformationAccess.getInstance(value).getAccessDescriptions()) {
            lines.add(ObjectNames.longName(each.getAccessMethod())
                    + " - "
                    + OpensslNames.general(each.getAccessLocation()));
        }
        return String.join("\n", lines);
    }

    private static String tlsFeature(byte[] value) {
        List<String> features = new ArrayList<>();
        for (ASN1Encodable each : ASN1Sequence.getInstance(value)) {
            BigInteger feature = ASN1Integer.getInstance(each).getValue();
            features.add(
                    switch (feature.toString()) {
                        case "5" -> "status_request";
                        case "17" -> "status_request_v2";
                        default -> feature.toString();
                    });
        }
        return String.join(", ", features);
    }

    private static String netscapeCertType(byte[] value) {
        return bits(DERBitString.getInstance(value).getBytes(), NETSCAPE_TYPES);
    }

    static String bits(byte[] octets, List<String> labels) {
        List<String> set = new ArrayList<>();
        for (int bit = 0; bit < labels.size(); bit++) {
            if (bit / 8 < octets.length && (octets[bit / 8] & (0x80 >> (bit % 8))) != 0) {
                set.add(labels.get(bit));
            }
        }
        return String.join(", ", set);
    }

    private static String netscapeComment(byte[] value) {
        byte[] text = ASN1IA5String.getInstance(value).getString().getBytes(StandardCharsets.ISO_8859_1);
        return OpensslNames.escaped(new String(text, StandardCharsets.ISO_8859_1));
    }
}
