package dev.kubepki.server.auth.token;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/// How a key signs tokens (RFC 7518 §3.1). The key decides, never the token: a token can't choose a weaker way.
enum TokenAlgorithm {
    RS256("SHA256withRSA", "", 0),
    ES256("SHA256withECDSAinP1363Format", "P-256", 256),
    ES384("SHA384withECDSAinP1363Format", "P-384", 384),
    ES512("SHA512withECDSAinP1363Format", "P-521", 521);

    private final String signature;
    private final String curve;
    private final int bits;

    TokenAlgorithm(String signature, String curve, int bits) {
        this.signature = signature;
        this.curve = curve;
        this.bits = bits;
    }

    static Optional<TokenAlgorithm> of(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> Optional.of(RS256);
            case ECPublicKey ec -> ofBits(ec.getParams().getCurve().getField().getFieldSize());
            default -> Optional.empty();
        };
    }

    private static Optional<TokenAlgorithm> ofBits(int bits) {
        for (TokenAlgorithm algorithm : values()) {
            if (algorithm.bits == bits) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /// The JCA's name.
    String signature() {
        return signature;
    }

    String curve() {
        return curve;
    }

    /// How many bytes a coordinate takes.
    int coordinateSize() {
        return (bits + 7) / 8;
    }
}
