package dev.kubepki.pki.x509;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// Public keys as openssl prints them.
final class OpensslKeys {
    private record Curve(int bits, String nist) {}

    private static final Map<String, Curve> CURVES = Map.of(
            "1.2.840.10045.3.1.7", new Curve(256, "P-256"),
            "1.3.132.0.33", new Curve(224, "P-224"),
            "1.3.132.0.34", new Curve(384, "P-384"),
            "1.3.132.0.35", new Curve(521, "P-521"),
            "1.3.132.0.10", new Curve(256, ""));

    private static final int BYTES_A_LINE = 15;

    private OpensslKeys() {}

    /// The lines from `Public Key Algorithm` on, at 12 columns.
    static void print(StringBuilder out, SubjectPublicKeyInfo key) {
        ASN1ObjectIdentifier oid = key.getAlgorithm().getAlgorithm();
        out.append(" ".repeat(12)).append("Public Key Algorithm: ");
        out.append(ObjectNames.longName(oid)).append('\n');
        switch (oid.getId()) {
            case "1.2.840.113549.1.1.1" -> rsa(out, key);
            case "1.2.840.10045.2.1" -> ec(out, key);
            case "1.3.101.110", "1.3.101.111", "1.3.101.112", "1.3.101.113" -> edwards(out, key);
            default -> out.append(" ".repeat(12)).append("Unable to load Public Key\n");
        }
    }

    private static void rsa(StringBuilder out, SubjectPublicKeyInfo key) {
        RSAPublicKey rsa = Asn1.decode(
                "the public key",
                () -> RSAPublicKey.getInstance(key.getPublicKeyData().getOctets()));
        line(out, "Public-Key: (" + rsa.getModulus().bitLength() + " bit)");
        number(out, "Modulus:", rsa.getModulus());
        number(out, "Exponent:", rsa.getPublicExponent());
    }

    private static void number(StringBuilder out, String label, BigInteger value) {
        if (value.bitLength() <= Long.SIZE) {
            line(out, label + " " + value + " (0x" + value.toString(16) + ")");
        } else {
            line(out, label);
            hex(out, value.toByteArray());
        }
    }

    private static void ec(StringBuilder out, SubjectPublicKeyInfo key) {
        if (!(key.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier oid)
                || !CURVES.containsKey(oid.getId())) {
            out.append(" ".repeat(12)).append("Unable to load Public Key\n");
            return;
        }
        Curve curve = CURVES.get(oid.getId());
        line(out, "Public-Key: (" + curve.bits() + " bit)");
        line(out, "pub:");
        hex(out, key.getPublicKeyData().getOctets());
        line(out, "ASN1 OID: " + ObjectNames.shortName(oid));
        if (!curve.nist().isEmpty()) {
            line(out, "NIST CURVE: " + curve.nist());
        }
    }

    private static void edwards(StringBuilder out, SubjectPublicKeyInfo key) {
        line(out, ObjectNames.longName(key.getAlgorithm().getAlgorithm()) + " Public-Key:");
        line(out, "pub:");
        hex(out, key.getPublicKeyData().getOctets());
    }

    private static void line(StringBuilder out, String text) {
        out.append(" ".repeat(16)).append(text).append('\n');
    }

    private static void hex(StringBuilder out, byte[] bytes) {
        dump(out, bytes, 20, BYTES_A_LINE);
    }

    /// Bytes with colons between them, so many a line.
    static void dump(StringBuilder out, byte[] bytes, int indent, int perLine) {
        for (int i = 0; i < bytes.length; i++) {
            if (i % perLine == 0) {
                out.append(i == 0 ? "" : "\n").append(" ".repeat(indent));
            }
            out.append(HexFormat.of().toHexDigits(bytes[i])).append(i + 1 == bytes.length ? "" : ":");
        }
        out.append('\n');
    }
}
