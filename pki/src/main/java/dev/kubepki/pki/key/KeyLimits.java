package dev.kubepki.pki.key;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/// What a key's numbers may measure, in bits. Whoever uses a key pays for its numbers, and a foreign file chooses them:
/// one signature check under a DSA key of 60,000 bits takes seven seconds.
final class KeyLimits {
    private static final int RSA_MODULUS = 16_384;

    /// Go, and so every Kubernetes component, stops at 31; OpenSSL at 64 for long keys.
    private static final int RSA_PUBLIC_EXPONENT = 64;

    private static final int DSA_PRIME = 4096;

    private static final List<String> RSA = List.of("RSA", "RSASSA-PSS");

    private KeyLimits() {}

    /// RSAPrivateKey of RFC 8017 appendix A.1.2, inside PKCS#8.
    static void checkPrivate(String algorithm, byte[] pkcs8) {
        if (!RSA.contains(algorithm)) {
            return;
        }
        Der outer = Der.of(pkcs8).enter(Der.SEQUENCE);
        outer.integer();
        outer.content(Der.SEQUENCE);
        Der fields = Der.of(outer.content(Der.OCTET_STRING)).enter(Der.SEQUENCE);
        fields.integer();
        int modulus = checkRsa(fields);
        for (String part : List.of("private exponent", "prime", "prime", "exponent", "exponent", "coefficient")) {
            atMost(modulus, fields.integer(), "the RSA key's " + part);
        }
    }

    /// SubjectPublicKeyInfo of RFC 5280 §4.1.
    static void checkPublic(String algorithm, byte[] spki) {
        Der fields = Der.of(spki).enter(Der.SEQUENCE);
        Der identifier = fields.enter(Der.SEQUENCE);
        if (RSA.contains(algorithm)) {
            byte[] bits = fields.content(Der.BIT_STRING);
            checkRsa(Der.of(Arrays.copyOfRange(bits, Math.min(1, bits.length), bits.length))
                    .enter(Der.SEQUENCE));
        } else if (algorithm.equals("DSA")) {
            identifier.content(Der.OID);
            if (identifier.hasMore()) {
                atMost(DSA_PRIME, identifier.enter(Der.SEQUENCE).integer(), "the DSA key's prime");
            }
        }
    }

    private static int checkRsa(Der fields) {
        BigInteger modulus = fields.integer();
        atMost(RSA_MODULUS, modulus, "the RSA key's modulus");
        atMost(RSA_PUBLIC_EXPONENT, fields.integer(), "the RSA key's public exponent");
        return modulus.bitLength();
    }

    private static void atMost(int bits, BigInteger value, String name) {
        if (value.bitLength() > bits) {
            throw new KeyFailure(name + " has " + value.bitLength() + " bits, and may have " + bits);
        }
    }
}
