package dev.kubepki.pki.key;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;

/// A private key with its public half. Never prints its secret; the only way out is [KeyPem].
public final class SigningKey {
    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    SigningKey(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /// The public half.
    public PublicKey publicKey() {
        return publicKey;
    }

    /// The algorithm, empty for a key that was read and that kubepki would not make.
    public Optional<KeyAlgorithm> algorithm() {
        return KeyAlgorithm.of(publicKey);
    }

    /// Whether a certificate's public key is this key's.
    public boolean matches(PublicKey other) {
        return Arrays.equals(publicKey.getEncoded(), other.getEncoded());
    }

    /// Signs with a JCA signature name such as `SHA256withRSA`.
    public byte[] sign(CryptoProvider provider, String signatureName, byte[] message) {
        return provider.sign(privateKey, signatureName, message);
    }

    /// The private key for TLS and keystores within this program.
    public PrivateKey jcaKey() {
        return privateKey;
    }

    @Override
    public String toString() {
        return "SigningKey[" + KeyAlgorithm.describe(publicKey) + ", secret]";
    }
}
