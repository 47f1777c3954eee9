package dev.kubepki.pki.x509;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.Time;

/// How a certificate must be written, apart from what it says.
final class EncodingRules {
    private static final Pattern UTC = Pattern.compile("\\d{12}Z");
    private static final Pattern GENERALIZED = Pattern.compile("\\d{14}Z");

    private EncodingRules() {}

    /// What is not DER, or breaks the syntax of RFC 5280 §4.1.
    static Optional<String> syntaxProblem(byte[] der, org.bouncycastle.asn1.x509.Certificate certificate) {
        if (!ExtensionSyntax.isDer(der)) {
            return Optional.of("it is not written in DER");
        }
        if (certificate.getSignature().getPadBits() != 0) {
            return Optional.of("its signature is not a whole number of bytes");
        }
        if (certificate.getVersionNumber() != 3
                && certificate.getTBSCertificate().getExtensions() != null) {
            return Optional.of("it has extensions but is not version 3");
        }
        return Optional.empty();
    }

    /// RFC 5280 §4.1.2.5: seconds and `Z`; UTCTime to the end of 2049, GeneralizedTime from 2050.
    static Optional<String> timeProblem(org.bouncycastle.asn1.x509.Certificate certificate) {
        return timeProblem("notBefore", certificate.getStartDate())
                .or(() -> timeProblem("notAfter", certificate.getEndDate()));
    }

    private static Optional<String> timeProblem(String field, Time time) {
        ASN1Primitive primitive = time.toASN1Primitive();
        boolean generalized = primitive instanceof ASN1GeneralizedTime;
        String text = content(primitive);
        if (!(generalized ? GENERALIZED : UTC).matcher(text).matches()) {
            return Optional.of(field + " is written as '" + text + "'");
        }
        if (generalized && text.compareTo("2050") < 0) {
            return Optional.of(field + " is a GeneralizedTime before 2050");
        }
        return Optional.empty();
    }

    private static String content(ASN1Primitive time) {
        try {
            byte[] encoded = time.getEncoded();
            return new String(Arrays.copyOfRange(encoded, 2, encoded.length), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new X509Failure("a time can't be encoded", e);
        }
    }
}
