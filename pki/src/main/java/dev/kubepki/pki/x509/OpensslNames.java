package dev.kubepki.pki.x509;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;

/// Names as openssl prints them: distinguished names in the form `-nameopt oneline`, general names with their prefix.
final class OpensslNames {
    /// RFC 2253's special characters that quotes protect.
    private static final String QUOTED = ",+<>;";

    private static final HexFormat UPPER = HexFormat.of().withUpperCase();

    private OpensslNames() {}

    static String oneLine(X500Name name) {
        StringBuilder text = new StringBuilder();
        for (RDN rdn : name.getRDNs()) {
            text.append(text.isEmpty() ? "" : ", ");
            AttributeTypeAndValue[] pairs = rdn.getTypesAndValues();
            for (int i = 0; i < pairs.length; i++) {
                text.append(i == 0 ? "" : " + ")
                        .append(ObjectNames.shortName(pairs[i].getType()))
                        .append(" = ")
                        .append(value(pairs[i].getValue()));
            }
        }
        return text.toString();
    }

    private static String value(ASN1Encodable value) {
        if (value instanceof ASN1String string && !(value instanceof ASN1BitString)) {
            return quoted(string.getString());
        }
        return "#" + UPPER.formatHex(Asn1.der((ASN1Object) value.toASN1Primitive()));
    }

    private static String quoted(String value) {
        StringBuilder text = new StringBuilder();
        boolean quotes = false;
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int c = bytes[i] & 0xff;
            boolean edge = (i == 0 && (c == ' ' || c == '#')) || (i == bytes.length - 1 && c == ' ');
            if (c > 0x7e || c < ' ') {
                text.append('\\').append(UPPER.toHexDigits((byte) c));
            } else {
                text.append(c == '"' || c == '\\' ? "\\" : "").append((char) c);
                quotes |= edge || QUOTED.indexOf(c) >= 0;
            }
        }
        return quotes ? "\"" + text + "\"" : text.toString();
    }

    /// The older form with slashes, which openssl still prints inside general names.
    static String slashed(X500Name name) {
        StringBuilder text = new StringBuilder();
        for (RDN rdn : name.getRDNs()) {
            AttributeTypeAndValue[] pairs = rdn.getTypesAndValues();
            for (int i = 0; i < pairs.length; i++) {
                text.append(i == 0 ? '/' : '+')
                        .append(ObjectNames.shortName(pairs[i].getType()))
                        .append('=')
                        .append(slashedValue(pairs[i].getValue()));
            }
        }
        return text.toString();
    }

    private static String slashedValue(ASN1Encodable value) {
        byte[] bytes = value instanceof ASN1String string && !(value instanceof ASN1BitString)
                ? string.getString().getBytes(StandardCharsets.UTF_8)
                : Asn1.der((ASN1Object) value.toASN1Primitive());
        StringBuilder text = new StringBuilder();
        for (byte each : bytes) {
            int c = each & 0xff;
            if (c < ' ' || c > 0x7e) {
                text.append("\\x").append(UPPER.toHexDigits(each));
            } else {
                text.append(c == '/' || c == '+' ? "\\" : "").append((char) c);
            }
        }
        return text.toString();
    }

    /// As in a subject alternative name.
    static String general(GeneralName name) {
        return general(name, "DirName:" + (name.getTagNo() == GeneralName.directoryName ? slashed(x500(name)) : ""));
    }

    /// As in a distribution point or a name constraint.
    static String generalOneLine(GeneralName name) {
        return general(name, "DirName:" + (name.getTagNo() == GeneralName.directoryName ? oneLine(x500(name)) : ""));
    }

    private static X500Name x500(GeneralName name) {
        return X500Name.getInstance(name.getName());
    }

    private static String general(GeneralName name, String directoryName) {
        return switch (name.getTagNo()) {
            case GeneralName.otherName -> otherName(name);
            case GeneralName.rfc822Name -> "email:" + plain(name);
            case GeneralName.dNSName -> "DNS:" + plain(name);
            case GeneralName.directoryName -> directoryName;
            case GeneralName.uniformResourceIdentifier -> "URI:" + plain(name);
            case GeneralName.iPAddress ->
                "IP Address:"
                        + address(ASN1OctetString.getInstance(name.getName()).getOctets());
            case GeneralName.registeredID ->
                "Registered ID:" + ObjectNames.longName(ASN1ObjectIdentifier.getInstance(name.getName()));
            case GeneralName.x400Address -> "X400Name:<unsupported>";
            default -> "EdiPartyName:<unsupported>";
        };
    }

    private static String plain(GeneralName name) {
        return escaped(((ASN1String) name.getName()).getString());
    }

    private static String otherName(GeneralName name) {
        ASN1Sequence sequence = ASN1Sequence.getInstance(name.getName());
        ASN1ObjectIdentifier type = ASN1ObjectIdentifier.getInstance(sequence.getObjectAt(0));
        ASN1Encodable value =
                ASN1TaggedObject.getInstance(sequence.getObjectAt(1)).getExplicitBaseObject();
        return value instanceof ASN1String string && !(value instanceof ASN1BitString)
                ? "othername: " + ObjectNames.longName(type) + "::" + escaped(string.getString())
                : "othername: " + ObjectNames.longName(type) + "::<unsupported>";
    }

    /// Four numbers, or eight groups of hex without compression.
    static String address(byte[] bytes) {
        if (bytes.length == 4) {
            return IpText.format(bytes);
        }
        if (bytes.length != 16) {
            return "<invalid>";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 16; i += 2) {
            int group = ((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff);
            text.append(i == 0 ? "" : ":").append(UPPER.toHexDigits(group, 4).replaceFirst("^0{1,3}", ""));
        }
        return text.toString();
    }

    /// What no terminal should act on, as `\1B`. openssl prints such bytes as they are.
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (each >= ' ' && each < 0x7f) {
                escaped.append((char) each);
            } else {
                escaped.append('\\').append(UPPER.toHexDigits(each));
            }
        }
        return escaped.toString();
    }
}
