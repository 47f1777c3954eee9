package dev.kubepki.pki.key;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Map;

/// The rounds of key derivation that an encrypted private key (PKCS#8, RFC 5958 §3) asks for, and the name of its
/// scheme
/// where the Java platform opens it.
final class DerivationRounds {
    private static final String PBES2 = "2a864886f70d01050d";
    private static final String PBKDF2 = "2a864886f70d01050c";
    private static final String SCRYPT = "2b06010401da47040b";

    /// Schemes of one step (RFC 8018 §6.1, RFC 7292 appendix C): content bytes of the identifiers, and the JCA's names.
    private static final Map<String, String> ONE_STEP = Map.of(
            "2a864886f70d010503", "PBEWithMD5AndDES",
            "2a864886f70d010c0101", "PBEWithSHA1AndRC4_128",
            "2a864886f70d010c0102", "PBEWithSHA1AndRC4_40",
            "2a864886f70d010c0103", "PBEWithSHA1AndDESede",
            "2a864886f70d010c0105", "PBEWithSHA1AndRC2_128",
            "2a864886f70d010c0106", "PBEWithSHA1AndRC2_40");

    private DerivationRounds() {}

    /// @throws KeyFailure where the scheme is none that is read, or its parameters are damaged
    static long of(byte[] sealed) {
        Der algorithm = algorithm(sealed);
        String oid = HexFormat.of().formatHex(algorithm.content(Der.OID));
        if (ONE_STEP.containsKey(oid)) {
            return rounds(algorithm.enter(Der.SEQUENCE));
        }
        if (!oid.equals(PBES2)) {
            throw new KeyFailure("private keys encrypted with this scheme are not supported (PBES2 is)");
        }
        Der derivation = algorithm.enter(Der.SEQUENCE).enter(Der.SEQUENCE);
        String function = HexFormat.of().formatHex(derivation.content(Der.OID));
        if (!function.equals(PBKDF2)) {
            throw new KeyFailure(
                    "private keys encrypted under " + (function.equals(SCRYPT) ? "scrypt" : "this function")
                            + " are not supported (PBKDF2 is); convert the key with 'openssl pkcs8 -topk8'");
        }
        return rounds(derivation.enter(Der.SEQUENCE));
    }

    /// The name of a scheme of one step; empty for PBES2, whose parts the platform names.
    static String oneStepName(byte[] sealed) {
        return ONE_STEP.getOrDefault(HexFormat.of().formatHex(algorithm(sealed).content(Der.OID)), "");
    }

    private static Der algorithm(byte[] sealed) {
        return Der.of(sealed).enter(Der.SEQUENCE).enter(Der.SEQUENCE);
    }

    private static long rounds(Der parameters) {
        parameters.content(Der.OCTET_STRING);
        BigInteger rounds = parameters.integer();
        return rounds.bitLength() < Long.SIZE ? rounds.longValue() : Long.MAX_VALUE;
    }
}
