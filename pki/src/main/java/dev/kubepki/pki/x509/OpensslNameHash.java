package dev.kubepki.pki.x509;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;

/// The name under which OpenSSL looks for a CA in a folder such as `/etc/ssl/certs` (openssl-rehash(1)): the first four
/// bytes, lowest first, of the SHA-1 of the subject in a form in which case and blanks don't count.
public final class OpensslNameHash {
    private OpensslNameHash() {}

    /// Eight hex digits.
    public static String of(DistinguishedName name) {
        return Asn1.decode("the name", () -> {
            ByteArrayOutputStream canonical = new ByteArrayOutputStream();
            for (RDN rdn : X500Name.getInstance(name.encoded()).getRDNs()) {
                ASN1EncodableVector attributes = new ASN1EncodableVector();
                for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                    attributes.add(new DERSequence(
                            new ASN1Encodable[] {attribute.getType(), canonical(attribute.getValue())}));
                }
                canonical.writeBytes(Asn1.der(new DERSet(attributes)));
            }
            byte[] digest = sha1(canonical.toByteArray());
            return String.format(
                    Locale.ROOT,
                    "%02x%02x%02x%02x",
                    digest[3] & 0xff,
                    digest[2] & 0xff,
                    digest[1] & 0xff,
                    digest[0] & 0xff);
        });
    }

    /// Text of every kind becomes UTF-8 in lower case with single blanks (x509_name_canon in crypto/x509/x_name.c).
    private static ASN1Encodable canonical(ASN1Encodable value) {
        if (!(value.toASN1Primitive() instanceof ASN1String string)
                || value.toASN1Primitive() instanceof DERBitString) {
            return value;
        }
        StringBuilder text = new StringBuilder();
        for (String word : string.getString().split("[ \\t\\n\\x0B\\f\\r]+", -1)) {
            if (!word.isEmpty()) {
                text.append(text.isEmpty() ? "" : " ").append(word);
            }
        }
        return new DERUTF8String(lowerAscii(text.toString()));
    }

    private static String lowerAscii(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] >= 'A' && bytes[i] <= 'Z') {
                bytes[i] = (byte) (bytes[i] + ('a' - 'A'));
            }
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
