package dev.kubepki.pki.key;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import org.jspecify.annotations.Nullable;

/// Where keys are generated and signatures made: the JDK's own providers, or a native one.
///
/// Safe for many threads at once.
public final class CryptoProvider {
    private final @Nullable Provider nativeProvider;

    private CryptoProvider(@Nullable Provider nativeProvider) {
        this.nativeProvider = nativeProvider;
    }

    /// The JDK's own providers: nothing to load, about a third of the native one's speed for RSA, a tenth for P-256.
    public static CryptoProvider jdk() {
        return new CryptoProvider(null);
    }

    /// Amazon Corretto Crypto Provider where its native library can be loaded, else the JDK's.
    public static CryptoProvider fastest() {
        return new CryptoProvider(NativeProvider.load());
    }

    /// Begins to load the native provider in a thread of its own: for a program that will use it, and has other things
    /// to do before.
    public static void prepare() {
        Thread.ofPlatform().daemon().name("crypto provider").start(NativeProvider::prepare);
    }

    /// The provider that finishes this much work first, counting what the native library costs to load.
    ///
    /// @param rsaKeys how many RSA keys will be generated
    /// @param otherOperations how many other keys, signatures and verifications there will be
    public static CryptoProvider forWork(int rsaKeys, int otherOperations) {
        return rsaKeys > 0 || otherOperations > 12 ? fastest() : jdk();
    }

    /// The name for people: `JDK` or the native provider's name and version.
    public String name() {
        Provider provider = nativeProvider;
        return provider == null ? "JDK " + Runtime.version() : provider.getName() + " " + provider.getVersionStr();
    }

    /// Whether a native library does the work.
    public boolean isNative() {
        return nativeProvider != null;
    }

    /// Generates a key pair from the provider's own random source.
    public SigningKey generate(KeyAlgorithm algorithm) {
        try {
            KeyPairGenerator generator = generator(algorithm);
            if (algorithm.isRsa()) {
                generator.initialize(new RSAKeyGenParameterSpec(algorithm.bits(), RSAKeyGenParameterSpec.F4));
            } else if (algorithm.isEcdsa()) {
                generator.initialize(new ECGenParameterSpec(algorithm.curve()));
            }
            KeyPair pair = generator.generateKeyPair();
            return new SigningKey(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make a key of type " + algorithm.label(), e);
        }
    }

    /// The same key in the form that this provider works with. A key in another form is translated, and an RSA key
    /// checked, by each signature that it makes: this does so once, for a key that signs often.
    public SigningKey adopt(SigningKey key) {
        Provider provider = nativeProvider;
        String algorithm = key.jcaKey().getAlgorithm();
        if (provider == null || provider.getService("KeyFactory", algorithm) == null) {
            return key;
        }
        try {
            return key.inFormOf(KeyFactory.getInstance(algorithm, provider));
        } catch (GeneralSecurityException e) {
            return key;
        }
    }

    /// Signs with a JCA signature name such as `SHA256withRSA`.
    public byte[] sign(PrivateKey key, String signatureName, byte[] message) {
        try {
            Signature signature = signature(signatureName);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new KeyFailure("this key cannot make a signature of type " + signatureName, e);
        }
    }

    /// Whether the signature is the key's over the message. A key of another type, or bytes that are no signature, are
    /// no.
    public boolean verify(PublicKey key, String signatureName, byte[] message, byte[] signed) {
        try {
            Signature signature = signature(signatureName);
            signature.initVerify(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private KeyPairGenerator generator(KeyAlgorithm algorithm) throws GeneralSecurityException {
        Provider provider = nativeProvider;
        if (provider != null && provider.getService("KeyPairGenerator", algorithm.generator()) != null) {
            return KeyPairGenerator.getInstance(algorithm.generator(), provider);
        }
        return KeyPairGenerator.getInstance(algorithm.generator());
    }

    private Signature signature(String name) throws GeneralSecurityException {
        Provider provider = nativeProvider;
        if (provider != null && provider.getService("Signature", name) != null) {
            return Signature.getInstance(name, provider);
        }
        return Signature.getInstance(name);
    }
}
