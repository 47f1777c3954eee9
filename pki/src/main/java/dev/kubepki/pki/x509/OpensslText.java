package dev.kubepki.pki.x509;

import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.TBSCertificate;

/// Certificates, requests and revocation lists as `openssl x509|req|crl -noout -text` of OpenSSL 3.0 prints them.
///
/// On purpose different: control characters and bytes beyond ASCII inside names and texts are escaped as `\1B`, where
/// openssl sends them to the terminal; line feeds inside unknown extensions are dots; directory names inside
/// alternative names are not cut at 256 characters; each part of a distribution point starts a line.
/// Not taken apart: RSASSA-PSS parameters, unique identifiers of version 2, certificate transparency lists, issuing
/// distribution points, hold instructions, attributes of requests other than texts and requested extensions.
public final class OpensslText {
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private static final int SIGNATURE_BYTES_A_LINE = 18;

    private OpensslText() {}

    /// As `openssl x509 -noout -text`.
    ///
    /// @throws X509Failure where a part that the print needs is damaged
    public static String of(Certificate certificate) {
        return Asn1.decode("the certificate", () -> print(certificate));
    }

    private static String print(Certificate certificate) {
        org.bouncycastle.asn1.x509.Certificate asn1 = certificate.asn1();
        TBSCertificate tbs = asn1.getTBSCertificate();
        StringBuilder out = new StringBuilder("Certificate:\n    Data:\n");
        out.append("        Version: ").append(certificate.version());
        out.append(" (0x").append(certificate.version() - 1).append(")\n");
        serial(out, certificate.serial());
        out.append("        Signature Algorithm: ").append(algorithm(tbs.getSignature()));
        out.append("\n        Issuer: ").append(OpensslNames.oneLine(tbs.getIssuer()));
        out.append("\n        Validity\n            Not Before: ");
        out.append(time(certificate.validity().notBefore()));
        out.append("\n            Not After : ")
                .append(time(certificate.validity().notAfter()));
        out.append("\n        Subject: ").append(OpensslNames.oneLine(tbs.getSubject()));
        out.append("\n        Subject Public Key Info:\n");
        OpensslKeys.print(out, tbs.getSubjectPublicKeyInfo());
        if (tbs.getExtensions() != null) {
            out.append("        X509v3 extensions:\n");
            OpensslExtensions.print(out, certificate.extensions(), 12);
        }
        signature(out, asn1.getSignatureAlgorithm(), asn1.getSignature().getOctets());
        return out.toString();
    }

    /// As `openssl req -noout -text`.
    ///
    /// @throws X509Failure where a part that the print needs is damaged
    public static String of(CertificateRequest request) {
        return Asn1.decode("the certificate request", () -> print(request));
    }

    private static String print(CertificateRequest request) {
        CertificationRequest asn1 = request.asn1();
        CertificationRequestInfo info = asn1.getCertificationRequestInfo();
        BigInteger version = info.getVersion().getValue();
        StringBuilder out = new StringBuilder("Certificate Request:\n    Data:\n");
        out.append("        Version: ").append(version.add(BigInteger.ONE));
        out.append(" (0x").append(version.toString(16));
        out.append(")\n        Subject: ").append(OpensslNames.oneLine(info.getSubject()));
        out.append("\n        Subject Public Key Info:\n");
        OpensslKeys.print(out, info.getSubjectPublicKeyInfo());
        attributes(out, info.getAttributes(), request.extensions());
        signature(out, asn1.getSignatureAlgorithm(), asn1.getSignature().getOctets());
        return out.toString();
    }

    /// openssl 3.0 prints the heading of the requested extensions also where there are none.
    private static void attributes(StringBuilder out, ASN1Set attributes, List<Extension> extensions) {
        out.append("        Attributes:\n");
        out.append(attributes == null || attributes.size() == 0 ? "            (none)\n" : "");
        for (int i = 0; attributes != null && i < attributes.size(); i++) {
            Attribute attribute = Attribute.getInstance(attributes.getObjectAt(i));
            if (!attribute.getAttrType().equals(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)) {
                attribute(out, attribute);
            }
        }
        out.append("            Requested Extensions:\n");
        OpensslExtensions.print(out, extensions, 16);
    }

    private static void attribute(StringBuilder out, Attribute attribute) {
        String name = ObjectNames.longName(attribute.getAttrType());
        for (ASN1Encodable value : attribute.getAttributeValues()) {
            out.append(" ".repeat(12)).append(name).append(" ".repeat(Math.max(0, 25 - name.length())));
            out.append(':')
                    .append(
                            value instanceof ASN1String text
                                    ? OpensslNames.escaped(text.getString())
                                    : "unable to print attribute");
            out.append('\n');
        }
    }

    /// As `openssl crl -noout -text`.
    ///
    /// @throws X509Failure where a part that the print needs is damaged
    public static String of(RevocationList list) {
        return Asn1.decode("the revocation list", () -> print(list));
    }

    private static String print(RevocationList list) {
        CertificateList asn1 = list.asn1();
        StringBuilder out = new StringBuilder("Certificate Revocation List (CRL):\n");
        out.append("        Version ").append(list.version());
        out.append(" (0x").append(list.version() - 1);
        out.append(")\n        Signature Algorithm: ").append(algorithm(asn1.getSignatureAlgorithm()));
        out.append("\n        Issuer: ").append(OpensslNames.oneLine(asn1.getIssuer()));
        out.append("\n        Last Update: ").append(time(list.thisUpdate()));
        out.append("\n        Next Update: ")
                .append(list.nextUpdate().map(OpensslText::time).orElse("NONE"))
                .append('\n');
        if (!list.extensions().isEmpty()) {
            out.append("        CRL extensions:\n");
            OpensslExtensions.print(out, list.extensions(), 12);
        }
        revoked(out, list);
        signature(out, asn1.getSignatureAlgorithm(), asn1.getSignature().getOctets());
        return out.toString();
    }

    private static void revoked(StringBuilder out, RevocationList list) {
        List<RevokedCertificate> entries = list.entries();
        out.append(entries.isEmpty() ? "No Revoked Certificates.\n" : "Revoked Certificates:\n");
        for (RevokedCertificate entry : entries) {
            String serial =
                    java.util.HexFormat.of().withUpperCase().formatHex(OpensslExtensions.magnitude(entry.serial()));
            out.append("    Serial Number: ")
                    .append(entry.serial().signum() < 0 ? "-" : "")
                    .append(serial);
            out.append("\n        Revocation Date: ")
                    .append(time(entry.revokedAt()))
                    .append('\n');
            if (!entry.extensions().isEmpty()) {
                out.append("        CRL entry extensions:\n");
                OpensslExtensions.print(out, entry.extensions(), 12);
            }
        }
    }

    /// In decimal where 63 bits hold it.
    private static void serial(StringBuilder out, BigInteger serial) {
        String sign = serial.signum() < 0 ? "-" : "";
        out.append("        Serial Number:");
        if (serial.bitLength() < Long.SIZE) {
            BigInteger size = serial.abs();
            out.append(' ').append(sign).append(size);
            out.append(" (").append(sign).append("0x").append(size.toString(16)).append(")\n");
        } else {
            out.append("\n            ").append(sign.isEmpty() ? "" : " (Negative)");
            OpensslKeys.dump(out, OpensslExtensions.magnitude(serial), 0, Integer.MAX_VALUE);
        }
    }

    private static String algorithm(AlgorithmIdentifier identifier) {
        return ObjectNames.longName(identifier.getAlgorithm());
    }

    private static void signature(StringBuilder out, AlgorithmIdentifier identifier, byte[] signature) {
        out.append("    Signature Algorithm: ").append(algorithm(identifier));
        out.append("\n    Signature Value:\n");
        OpensslKeys.dump(out, signature, 8, SIGNATURE_BYTES_A_LINE);
    }

    /// Such as `Nov  2 17:57:35 2026 GMT`.
    static String time(Instant instant) {
        OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
        return MONTHS.get(time.getMonthValue() - 1)
                + (time.getDayOfMonth() < 10 ? "  " : " ")
                + time.getDayOfMonth()
                + " "
                + two(time.getHour())
                + ":"
                + two(time.getMinute())
                + ":"
                + two(time.getSecond())
                + " "
                + time.getYear()
                + " GMT";
    }

    private static String two(int value) {
        return (value < 10 ? "0" : "") + value;
    }
}
