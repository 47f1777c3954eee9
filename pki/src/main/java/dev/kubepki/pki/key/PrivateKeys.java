package dev.kubepki.pki.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPoint;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// From PKCS#8 bytes to a private key with its public half, which the file may not carry.
final class PrivateKeys {
    /// Content bytes of the algorithm identifiers, in hex, and the JCA's name for each.
    private static final Map<String, String> ALGORITHMS = Map.of(
            "2a864886f70d010101", "RSA",
            "2a864886f70d01010a", "RSASSA-PSS",
            "2a8648ce3d0201", "EC",
            "2b6570", "Ed25519",
            "2b6571", "Ed448",
            "2a8648ce380401", "DSA",
            "608648016503040311", "ML-DSA-44",
            "608648016503040312", "ML-DSA-65",
            "608648016503040313", "ML-DSA-87");

    private static final Map<Integer, byte[]> CURVE_OIDS = Map.of(
            256, HexFormat.of().parseHex("2a8648ce3d030107"),
            384, HexFormat.of().parseHex("2b81040022"),
            521, HexFormat.of().parseHex("2b81040023"));

    private PrivateKeys() {}

    static String algorithmOf(byte[] oid) {
        String name = ALGORITHMS.get(HexFormat.of().formatHex(oid));
        if (name == null) {
            throw new KeyFailure("keys of this algorithm are not supported (RSA, NIST EC and Ed25519 are)");
        }
        return name;
    }

    static SigningKey fromPkcs8(byte[] pkcs8) {
        Der fields = Der.of(pkcs8).enter(Der.SEQUENCE);
        fields.integer();
        String algorithm = algorithmOf(fields.enter(Der.SEQUENCE).content(Der.OID));
        KeyLimits.checkPrivate(algorithm, pkcs8);
        try {
            PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return withPublicHalf(key, pkcs8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new KeyFailure("the private key (" + algorithm + ") can't be read", e);
        }
    }

    /// An EC key's file mostly carries the public point. Computing it again costs a hundred times what a native
    /// signature
    /// does, so the file is believed here and put to the proof where it matters: [SigningKey#isConsistent].
    private static SigningKey withPublicHalf(PrivateKey key, byte[] pkcs8) throws GeneralSecurityException {
        if (key instanceof ECPrivateKey ec) {
            Curves.check(ec);
            Optional<PublicKey> carried = carriedPoint(ec, pkcs8);
            if (carried.isPresent()) {
                return new SigningKey(key, carried.get(), false);
            }
        }
        return new SigningKey(key, publicHalf(key));
    }

    /// ECPrivateKey of RFC 5915 inside PKCS#8: the public key is its field [1].
    private static Optional<PublicKey> carriedPoint(ECPrivateKey key, byte[] pkcs8) {
        Der outer = Der.of(pkcs8).enter(Der.SEQUENCE);
        outer.integer();
        outer.content(Der.SEQUENCE);
        Der fields = Der.of(outer.content(Der.OCTET_STRING)).enter(Der.SEQUENCE);
        fields.integer();
        fields.content(Der.OCTET_STRING);
        if (fields.hasMore() && fields.peekTag() == 0xa0) {
            fields.content(0xa0);
        }
        if (!fields.hasMore() || fields.peekTag() != 0xa1) {
            return Optional.empty();
        }
        byte[] bits = fields.enter(0xa1).content(Der.BIT_STRING);
        int size = (key.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        if (bits.length != 2 + 2 * size || bits[0] != 0 || bits[1] != 4) {
            return Optional.empty();
        }
        byte[] algorithm = Der.sequence(Der.value(Der.OID, KeyPem.EC_OID), Der.value(Der.OID, curveOid(key)));
        return Optional.of(KeyPem.publicKey(Der.sequence(algorithm, Der.value(Der.BIT_STRING, bits))));
    }

    private static PublicKey publicHalf(PrivateKey key) throws GeneralSecurityException {
        if (key instanceof RSAPrivateCrtKey rsa) {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
        }
        if (key instanceof ECPrivateKey ec) {
            return publicHalf(ec);
        }
        if (key instanceof EdECPrivateKey ed) {
            return publicHalf(ed);
        }
        throw new KeyFailure("private keys of type " + key.getAlgorithm() + " are not supported");
    }

    /// As with Ed25519: the JDK makes a scalar of little-endian random bytes, 64 bits longer than the order, modulo the
    /// order (FIPS 186-5 A.2.1).
    private static PublicKey publicHalf(ECPrivateKey key) throws GeneralSecurityException {
        int size = (key.getParams().getOrder().bitLength() + 7) / 8;
        byte[] scalar = new byte[size];
        copy(key.getS(), scalar, 0, size);
        for (int i = 0; i < size / 2; i++) {
            byte swapped = scalar[i];
            scalar[i] = scalar[size - 1 - i];
            scalar[size - 1 - i] = swapped;
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
        generator.initialize(key.getParams(), new Replay(scalar));
        KeyPair pair = generator.generateKeyPair();
        if (!((ECPrivateKey) pair.getPrivate()).getS().equals(key.getS())) {
            throw new IllegalStateException("this Java makes EC keys from random bytes in another way than Java 25");
        }
        return pair.getPublic();
    }

    /// The JDK derives an Ed25519 public key only while generating; a random source that yields the seed makes it do
    /// so.
    private static PublicKey publicHalf(EdECPrivateKey key) throws GeneralSecurityException {
        if (!key.getParams().getName().equals("Ed25519")) {
            throw new KeyFailure("private keys of type " + key.getParams().getName() + " are not supported");
        }
        byte[] seed = key.getBytes().orElseThrow(() -> new KeyFailure("the Ed25519 private key is empty"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new Replay(seed));
        return generator.generateKeyPair().getPublic();
    }

    static byte[] curveOid(ECPrivateKey key) {
        byte[] oid = CURVE_OIDS.get(key.getParams().getCurve().getField().getFieldSize());
        if (oid == null) {
            throw new KeyFailure("the key's curve is not one of P-256, P-384 and P-521");
        }
        return oid;
    }

    /// ECPrivateKey of RFC 5915, with the public point, and the curve's name where nothing else carries it.
    static byte[] sec1(ECPrivateKey key, PublicKey publicKey, boolean withCurve) {
        int size = (key.getParams().getOrder().bitLength() + 7) / 8;
        ECPoint point = ((ECPublicKey) publicKey).getW();
        byte[] bits = new byte[2 + 2 * size];
        bits[1] = 4;
        copy(point.getAffineX(), bits, 2, size);
        copy(point.getAffineY(), bits, 2 + size, size);
        byte[] scalar = new byte[size];
        copy(key.getS(), scalar, 0, size);
        byte[] curve = withCurve ? Der.value(0xa0, Der.value(Der.OID, curveOid(key))) : new byte[0];
        return Der.sequence(
                Der.integer(BigInteger.ONE),
                Der.value(Der.OCTET_STRING, scalar),
                curve,
                Der.value(0xa1, Der.value(Der.BIT_STRING, bits)));
    }

    private static void copy(BigInteger value, byte[] target, int offset, int size) {
        byte[] bytes = value.toByteArray();
        int skip = Math.max(0, bytes.length - size);
        System.arraycopy(bytes, skip, target, offset + size - (bytes.length - skip), bytes.length - skip);
    }

    private static final class Replay extends SecureRandom {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // never serialized
        private final byte[] seed;

        Replay(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(Arrays.copyOf(seed, bytes.length), 0, bytes, 0, bytes.length);
        }
    }
}
