package dev.kubepki.pki.key;

import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;

/// A private key with its public half. Never prints its secret; the only way out is [KeyPem].
public final class SigningKey {
    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final boolean derived;

    SigningKey(PrivateKey privateKey, PublicKey publicKey) {
        this(privateKey, publicKey, true);
    }

    /// @param derived whether the public half was computed from the private one, and not only read beside it
    SigningKey(PrivateKey privateKey, PublicKey publicKey, boolean derived) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.derived = derived;
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

    /// Whether the two halves belong together, which a damaged or forged file can get wrong: shown by a signature.
    public boolean isConsistent(CryptoProvider provider) {
        if (derived) {
            return true;
        }
        String name = algorithm().map(KeyAlgorithm::signatureName).orElse("SHA256withECDSA");
        byte[] message = publicKey.getEncoded();
        return provider.verify(publicKey, name, message, provider.sign(privateKey, name, message));
    }

    SigningKey inFormOf(KeyFactory factory) throws InvalidKeyException {
        return new SigningKey((PrivateKey) factory.translateKey(privateKey), publicKey, derived);
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
