package dev.kubepki.server.auth.token;

import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyFailure;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A public key that verifies tokens.
///
/// @param id the `kid` of tokens: SHA-256 of its SubjectPublicKeyInfo in base64url
record TokenKey(PublicKey key, TokenAlgorithm algorithm, String id) {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /// @throws KeyFailure for a key that no token can be signed with
    static TokenKey of(PublicKey key) {
        TokenAlgorithm algorithm = TokenAlgorithm.of(key)
                .orElseThrow(() -> new KeyFailure("service account tokens need an RSA key or one on a NIST curve, and"
                        + " this is " + KeyAlgorithm.describe(key)));
        return new TokenKey(key, algorithm, BASE64.encodeToString(sha256(key.getEncoded())));
    }

    /// As a JSON Web Key (RFC 7517 §4).
    ObjectNode jwk() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("use", "sig").put("kty", algorithm == TokenAlgorithm.RS256 ? "RSA" : "EC");
        tree.put("kid", id);
        switch (key) {
            case RSAPublicKey rsa ->
                tree.put("alg", algorithm.name())
                        .put("n", number(rsa.getModulus(), 0))
                        .put("e", number(rsa.getPublicExponent(), 0));
            case ECPublicKey ec ->
                tree.put("crv", algorithm.curve())
                        .put("alg", algorithm.name())
                        .put("x", number(ec.getW().getAffineX(), algorithm.coordinateSize()))
                        .put("y", number(ec.getW().getAffineY(), algorithm.coordinateSize()));
            default -> throw new IllegalStateException("no such key gets here");
        }
        return tree;
    }

    /// Unsigned, without leading zeros but those that fill the size.
    private static String number(BigInteger value, int size) {
        byte[] bytes = value.toByteArray();
        int start = bytes.length > 1 && bytes[0] == 0 ? 1 : 0;
        int length = Math.max(size, bytes.length - start);
        byte[] out = new byte[length];
        System.arraycopy(bytes, start, out, length - (bytes.length - start), bytes.length - start);
        return BASE64.encodeToString(out);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenKey that && Arrays.equals(key.getEncoded(), that.key.getEncoded());
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
