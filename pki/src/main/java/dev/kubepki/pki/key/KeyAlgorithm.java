package dev.kubepki.pki.key;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Locale;
import java.util.Optional;

/// The key algorithms that kubepki makes. Keys of other sizes are read and described, never made.
public enum KeyAlgorithm {
    /// RSA with a modulus of 2048 bits: what Kubernetes tools make by default.
    RSA_2048("RSA-2048", "RSA", 2048, "SHA256withRSA", ""),
    /// RSA with a modulus of 3072 bits.
    RSA_3072("RSA-3072", "RSA", 3072, "SHA256withRSA", ""),
    /// RSA with a modulus of 4096 bits.
    RSA_4096("RSA-4096", "RSA", 4096, "SHA256withRSA", ""),
    /// ECDSA on NIST P-256.
    ECDSA_P256("ECDSA-P256", "EC", 256, "SHA256withECDSA", "secp256r1"),
    /// ECDSA on NIST P-384.
    ECDSA_P384("ECDSA-P384", "EC", 384, "SHA384withECDSA", "secp384r1"),
    /// ECDSA on NIST P-521.
    ECDSA_P521("ECDSA-P521", "EC", 521, "SHA512withECDSA", "secp521r1"),
    /// Ed25519 (RFC 8410).
    ED25519("Ed25519", "Ed25519", 255, "Ed25519", "");

    private final String label;
    private final String generator;
    private final int bits;
    private final String signature;
    private final String curve;

    KeyAlgorithm(String label, String generator, int bits, String signature, String curve) {
        this.label = label;
        this.generator = generator;
        this.bits = bits;
        this.signature = signature;
        this.curve = curve;
    }

    /// The name that people write, in kubeadm's spelling where kubeadm has one: `ECDSA-P256`.
    public String label() {
        return label;
    }

    /// Modulus length or field size in bits.
    public int bits() {
        return bits;
    }

    /// Whether keyEncipherment has a meaning for the key (RFC 5280 §4.2.1.3: only where the key can encrypt).
    public boolean canEncipher() {
        return isRsa();
    }

    /// Whether this is one of the RSA sizes.
    public boolean isRsa() {
        return generator.equals("RSA");
    }

    /// Whether this is one of the NIST curves.
    public boolean isEcdsa() {
        return !curve.isEmpty();
    }

    String generator() {
        return generator;
    }

    String curve() {
        return curve;
    }

    /// The JCA name of the signature that a key of this algorithm makes, such as `SHA256withECDSA`.
    public String signatureName() {
        return signature;
    }

    /// Finds the algorithm by any spelling in use: `RSA-2048`, `rsa:2048`, `ECDSA-P256`, `P-256`, `prime256v1`,
    /// `ed25519`.
    public static Optional<KeyAlgorithm> parse(String text) {
        return switch (text.trim().toLowerCase(Locale.ROOT).replace(":", "-").replace("_", "-")) {
            case "rsa-2048", "rsa", "rsa2048" -> Optional.of(RSA_2048);
            case "rsa-3072", "rsa3072" -> Optional.of(RSA_3072);
            case "rsa-4096", "rsa4096" -> Optional.of(RSA_4096);
            case "ecdsa-p256", "ecdsa", "ec", "p256", "p-256", "prime256v1", "secp256r1", "ecdsa-256", "ecdsap256" ->
                Optional.of(ECDSA_P256);
            case "ecdsa-p384", "p384", "p-384", "secp384r1", "ecdsa-384", "ecdsap384" -> Optional.of(ECDSA_P384);
            case "ecdsa-p521", "p521", "p-521", "secp521r1", "ecdsa-521", "ecdsap521" -> Optional.of(ECDSA_P521);
            case "ed25519" -> Optional.of(ED25519);
            default -> Optional.empty();
        };
    }

    /// The algorithm of a public key, empty for a key that kubepki would not make (RSA 1024, brainpool curves, DSA).
    public static Optional<KeyAlgorithm> of(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsaOf(rsa.getModulus().bitLength());
        }
        if (key instanceof ECPublicKey ec) {
            return Curves.nameOf(ec.getParams()).flatMap(KeyAlgorithm::ofCurve);
        }
        boolean ed25519 =
                key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519");
        return ed25519 ? Optional.of(ED25519) : Optional.empty();
    }

    /// What a person calls the key, also where kubepki would not make it: `RSA 1024 bits`.
    public static String describe(PublicKey key) {
        Optional<KeyAlgorithm> known = of(key);
        if (known.isPresent()) {
            return known.get().label;
        }
        return switch (key) {
            case RSAPublicKey rsa -> "RSA-" + rsa.getModulus().bitLength();
            case ECPublicKey ec ->
                "EC with a field of " + ec.getParams().getCurve().getField().getFieldSize() + " bits";
            default -> key.getAlgorithm();
        };
    }

    private static Optional<KeyAlgorithm> rsaOf(int bits) {
        return switch (bits) {
            case 2048 -> Optional.of(RSA_2048);
            case 3072 -> Optional.of(RSA_3072);
            case 4096 -> Optional.of(RSA_4096);
            default -> Optional.empty();
        };
    }

    private static Optional<KeyAlgorithm> ofCurve(String curve) {
        for (KeyAlgorithm algorithm : values()) {
            if (algorithm.curve.equals(curve)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
