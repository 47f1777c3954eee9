package dev.kubepki.pki.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Private and public keys as PEM, in every form that the field's tools write.
public final class KeyPem {
    private static final byte[] RSA_OID = {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1};
    static final byte[] EC_OID = {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

    private KeyPem() {}

    /// Whether a block of this type holds a private key.
    public static boolean isPrivateKey(Pem block) {
        return block.type().endsWith("PRIVATE KEY");
    }

    /// Whether the private key is under a password.
    public static boolean isEncrypted(Pem block) {
        return block.type().equals("ENCRYPTED PRIVATE KEY")
                || block.headers().stream().anyMatch(h -> h.startsWith("Proc-Type:") && h.contains("ENCRYPTED"));
    }

    /// Whether the first private key of a file is under a password.
    ///
    /// @throws KeyFailure where the text is no PEM
    public static boolean isEncrypted(byte[] text) {
        return Pem.readAll(text).stream()
                .filter(KeyPem::isPrivateKey)
                .findFirst()
                .filter(KeyPem::isEncrypted)
                .isPresent();
    }

    /// How many rounds of key derivation it takes to open the block: nothing for a key in the clear and for the older
    /// form with headers, which has one.
    ///
    /// @throws KeyFailure where the block does not say so in a way that is read
    public static long derivationRounds(Pem block) {
        return block.type().equals("ENCRYPTED PRIVATE KEY") ? DerivationRounds.of(block.der()) : 0;
    }

    /// The first private key of a file; blocks of other types, `EC PARAMETERS` among them, are passed over.
    ///
    /// @throws KeyFailure where there is none, or it can't be read
    public static SigningKey readPrivateKey(byte[] text) {
        return readPrivateKey(text, Optional.empty());
    }

    /// As above; the password opens an encrypted key.
    public static SigningKey readPrivateKey(byte[] text, Optional<char[]> password) {
        for (Pem block : Pem.readAll(text)) {
            if (isPrivateKey(block)) {
                return readPrivateKey(block, password);
            }
        }
        throw new KeyFailure("holds no private key");
    }

    /// The private key of one block.
    public static SigningKey readPrivateKey(Pem block, Optional<char[]> password) {
        if (isEncrypted(block)) {
            char[] secret = password.orElseThrow(
                    () -> new KeyFailure("the private key is encrypted and no password was given"));
            return EncryptedKeys.read(block, secret);
        }
        return switch (block.type()) {
            case "RSA PRIVATE KEY" -> PrivateKeys.fromPkcs8(wrapRsa(block.der()));
            case "EC PRIVATE KEY" -> PrivateKeys.fromPkcs8(wrapEc(block.der()));
            case "PRIVATE KEY", "Ed25519 PRIVATE KEY" -> PrivateKeys.fromPkcs8(block.der());
            default -> throw new KeyFailure("private keys of type '" + block.type() + "' are not supported");
        };
    }

    /// The private key as kubeadm writes it: `RSA PRIVATE KEY` (PKCS#1), `EC PRIVATE KEY` (SEC 1), else PKCS#8.
    public static Pem encode(SigningKey key) {
        if (key.jcaKey() instanceof RSAPrivateCrtKey rsa) {
            return Pem.of("RSA PRIVATE KEY", pkcs1(rsa));
        }
        return key.jcaKey() instanceof ECPrivateKey ec
                ? Pem.of("EC PRIVATE KEY", PrivateKeys.sec1(ec, key.publicKey(), true))
                : encodePkcs8(key);
    }

    /// The private key as PKCS#8 (RFC 5958), unencrypted: `PRIVATE KEY`.
    public static Pem encodePkcs8(SigningKey key) {
        if (key.jcaKey() instanceof ECPrivateKey ec) {
            byte[] parameters = Der.value(Der.OID, PrivateKeys.curveOid(ec));
            byte[] algorithm = Der.sequence(Der.value(Der.OID, EC_OID), parameters);
            byte[] inner = PrivateKeys.sec1(ec, key.publicKey(), false);
            byte[] version = Der.integer(BigInteger.ZERO);
            return Pem.of("PRIVATE KEY", Der.sequence(version, algorithm, Der.value(Der.OCTET_STRING, inner)));
        }
        return Pem.of("PRIVATE KEY", key.jcaKey().getEncoded());
    }

    /// The private key under a password: `ENCRYPTED PRIVATE KEY` (PBES2, AES-256-CBC).
    public static Pem encrypt(SigningKey key, char[] password) {
        return EncryptedKeys.encrypt(key, password);
    }

    /// The public key as SubjectPublicKeyInfo: `PUBLIC KEY`.
    public static Pem encodePublic(PublicKey key) {
        return Pem.of("PUBLIC KEY", key.getEncoded());
    }

    /// Every `PUBLIC KEY` and `RSA PUBLIC KEY` block of a file.
    public static List<PublicKey> readPublicKeys(byte[] text) {
        List<PublicKey> keys = new ArrayList<>();
        for (Pem block : Pem.readAll(text)) {
            if (block.type().equals("PUBLIC KEY")) {
                keys.add(publicKey(block.der()));
            } else if (block.type().equals("RSA PUBLIC KEY")) {
                byte[] bits = Der.value(Der.BIT_STRING, new byte[] {0}, block.der());
                keys.add(publicKey(Der.sequence(rsaAlgorithm(), bits)));
            }
        }
        return keys;
    }

    /// A public key from its SubjectPublicKeyInfo.
    public static PublicKey publicKey(byte[] spki) {
        byte[] oid = Der.of(spki).enter(Der.SEQUENCE).enter(Der.SEQUENCE).content(Der.OID);
        String algorithm = PrivateKeys.algorithmOf(oid);
        KeyLimits.checkPublic(algorithm, spki);
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki));
        } catch (GeneralSecurityException e) {
            throw new KeyFailure("the public key (" + algorithm + ") can't be read", e);
        }
    }

    private static byte[] rsaAlgorithm() {
        return Der.sequence(Der.value(Der.OID, RSA_OID), Der.value(Der.NULL));
    }

    private static byte[] wrapRsa(byte[] pkcs1) {
        return Der.sequence(Der.integer(BigInteger.ZERO), rsaAlgorithm(), Der.value(Der.OCTET_STRING, pkcs1));
    }

    /// SEC 1 carries the curve inside, PKCS#8 beside the algorithm.
    private static byte[] wrapEc(byte[] sec1) {
        Der fields = Der.of(sec1).enter(Der.SEQUENCE);
        fields.integer();
        fields.content(Der.OCTET_STRING);
        if (!fields.hasMore() || fields.peekTag() != 0xa0) {
            throw new KeyFailure("the EC private key does not name its curve");
        }
        byte[] curve = fields.content(0xa0);
        byte[] algorithm = Der.sequence(Der.value(Der.OID, EC_OID), curve);
        return Der.sequence(Der.integer(BigInteger.ZERO), algorithm, Der.value(Der.OCTET_STRING, sec1));
    }

    private static byte[] pkcs1(RSAPrivateCrtKey key) {
        return Der.sequence(
                Der.integer(BigInteger.ZERO),
                Der.integer(key.getModulus()),
                Der.integer(key.getPublicExponent()),
                Der.integer(key.getPrivateExponent()),
                Der.integer(key.getPrimeP()),
                Der.integer(key.getPrimeQ()),
                Der.integer(key.getPrimeExponentP()),
                Der.integer(key.getPrimeExponentQ()),
                Der.integer(key.getCrtCoefficient()));
    }
}
