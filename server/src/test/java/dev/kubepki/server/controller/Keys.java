package dev.kubepki.server.controller;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/// Keys of every kind, each made once.
public final class Keys {
    public static final KeyPair P256 = ec("secp256r1");
    public static final KeyPair OTHER_P256 = ec("secp256r1");
    public static final KeyPair P384 = ec("secp384r1");
    public static final KeyPair P521 = ec("secp521r1");
    public static final KeyPair RSA_2048 = make("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
    public static final KeyPair RSA_3072 = make("RSA", new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4));
    public static final KeyPair RSA_1024 = make("RSA", new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4));
    public static final KeyPair RSA_OF_3 = make("RSA", new RSAKeyGenParameterSpec(2048, BigInteger.valueOf(3)));
    public static final KeyPair ED25519 = make("Ed25519", null);
    public static final KeyPair DSA = dsa();

    private Keys() {}

    private static KeyPair ec(String curve) {
        return make("EC", new ECGenParameterSpec(curve));
    }

    private static KeyPair dsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("DSA");
            generator.initialize(1024);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair make(String algorithm, @org.jspecify.annotations.Nullable AlgorithmParameterSpec spec) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (spec != null) {
                generator.initialize(spec);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
