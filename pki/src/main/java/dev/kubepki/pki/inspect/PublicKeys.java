package dev.kubepki.pki.inspect;

import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.KeyPem;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.HexFormat;

/// What is said of a public key.
final class PublicKeys {
    private static final int LEAST_RSA_BITS = 2048;

    private PublicKeys() {}

    /// SHA-256 of the SubjectPublicKeyInfo, in the form of kubeadm's `--discovery-token-ca-cert-hash`.
    static String pin(byte[] subjectPublicKeyInfo) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(subjectPublicKeyInfo);
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Adds type, pin and what is weak about a key.
    static void describe(FactsBuilder facts, byte[] subjectPublicKeyInfo) {
        try {
            PublicKey key = KeyPem.publicKey(subjectPublicKeyInfo);
            facts.text("keyType", "Key", KeyAlgorithm.describe(key));
            if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
                facts.warn("the RSA key has under 2048 bits: too weak");
            } else if (KeyAlgorithm.of(key).isEmpty() && !(key instanceof RSAPublicKey)) {
                facts.warn("Kubernetes components can't use a key of this type");
            }
        } catch (KeyFailure e) {
            facts.text("keyType", "Key", "unknown");
            facts.warn(String.valueOf(e.getMessage()));
        }
        facts.text("publicKeyPin", "Key pin", pin(subjectPublicKeyInfo));
    }
}
