package dev.kubepki.pki.x509;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Enumerated;

/// One entry of a revocation list (RFC 5280 §5.1.2.6).
///
/// @param serial the serial number of the certificate that its CA took back
/// @param extensions of the entry, in order
public record RevokedCertificate(BigInteger serial, Instant revokedAt, List<Extension> extensions) {
    private static final String REASON_CODE = "2.5.29.21";

    /// The reasons of RFC 5280 §5.3.1; 7 is not used.
    private static final List<String> REASONS = List.of(
            "unspecified",
            "keyCompromise",
            "cACompromise",
            "affiliationChanged",
            "superseded",
            "cessationOfOperation",
            "certificateHold",
            "7",
            "removeFromCRL",
            "privilegeWithdrawn",
            "aACompromise");

    /// Why, in RFC 5280's word such as `keyCompromise`; empty where the list does not say.
    public Optional<String> reason() {
        return Extensions.find(extensions, REASON_CODE)
                .map(extension -> Asn1.decode("the reason code extension", () -> {
                    int code = ASN1Enumerated.getInstance(extension.value()).intValueExact();
                    return code >= 0 && code < REASONS.size() ? REASONS.get(code) : Integer.toString(code);
                }));
    }
}
