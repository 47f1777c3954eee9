package dev.kubepki.pki.exchange;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.SigningKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;

/// A signature over a manifest. The purpose stands before the content, so that what a CA's key signs here can never be
/// taken for a certificate, nor a request for an answer.
enum Seal {
    REQUEST("kubepki request archive\n"),
    ANSWER("kubepki answer archive\n");

    private final String purpose;

    Seal(String purpose) {
        this.purpose = purpose;
    }

    byte[] sign(byte[] content, SigningKey key, CryptoProvider provider) {
        return key.sign(provider, signatureName(key.publicKey()), message(content));
    }

    boolean isGood(byte[] content, byte[] signature, PublicKey key, CryptoProvider provider) {
        try {
            return provider.verify(key, signatureName(key), message(content), signature);
        } catch (KeyFailure e) {
            return false;
        }
    }

    private byte[] message(byte[] content) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(purpose.getBytes(StandardCharsets.US_ASCII));
        message.writeBytes(content);
        return message.toByteArray();
    }

    /// Known keys sign as they sign certificates; RSA of another size with SHA-256.
    private static String signatureName(PublicKey key) {
        return KeyAlgorithm.of(key).map(KeyAlgorithm::signatureName).orElse("SHA256withRSA");
    }
}
