package dev.kubepki.pki.x509;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1BMPString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1NumericString;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1T61String;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;

/// Whether a name is text throughout. Go reads the same kinds of string and refuses a certificate with any other.
final class NameText {
    private NameText() {}

    static Optional<String> problem(X500Name name) {
        for (RDN rdn : name.getRDNs()) {
            for (AttributeTypeAndValue pair : rdn.getTypesAndValues()) {
                Optional<String> problem = problem(pair.getValue());
                if (problem.isPresent()) {
                    return problem.map(
                            words -> "its attribute " + pair.getType().getId() + " " + words);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> problem(ASN1Encodable value) {
        if (!isText(value)) {
            return Optional.of("is no text");
        }
        String text = ((ASN1String) value).getString();
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            return Optional.of("holds a control character");
        }
        return isSevenBit(value) && text.codePoints().anyMatch(c -> c > 0x7f)
                ? Optional.of("holds characters that its kind of string does not have")
                : Optional.empty();
    }

    private static boolean isText(ASN1Encodable value) {
        return value instanceof ASN1UTF8String
                || value instanceof ASN1T61String
                || value instanceof ASN1BMPString
                || isSevenBit(value);
    }

    private static boolean isSevenBit(ASN1Encodable value) {
        return value instanceof ASN1PrintableString
                || value instanceof ASN1IA5String
                || value instanceof ASN1NumericString;
    }
}
