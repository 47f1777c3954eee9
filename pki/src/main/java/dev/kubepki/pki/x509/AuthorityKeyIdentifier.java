package dev.kubepki.pki.x509;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;

/// Which key signed the certificate (RFC 5280 §4.2.1.1).
///
/// @param keyId the issuer's subject key identifier in lower-case hex, without colons
/// @param issuerAndSerial whether the issuer's own issuer name is there too
/// @param serial the issuer's own serial number
public record AuthorityKeyIdentifier(Optional<String> keyId, boolean issuerAndSerial, Optional<BigInteger> serial) {
    static Optional<String> hex(byte[] bytes) {
        return bytes.length == 0 ? Optional.empty() : Optional.of(HexFormat.of().formatHex(bytes));
    }
}
