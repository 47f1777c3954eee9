package dev.kubepki.pki.x509;

import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import java.security.PublicKey;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/// Signature algorithm identifiers (RFC 4055, 5758, 8410) and the JCA's names for them.
final class SignatureNames {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("1.2.840.113549.1.1.4", "MD5withRSA"),
            Map.entry("1.2.840.113549.1.1.5", "SHA1withRSA"),
            Map.entry("1.2.840.113549.1.1.11", "SHA256withRSA"),
            Map.entry("1.2.840.113549.1.1.12", "SHA384withRSA"),
            Map.entry("1.2.840.113549.1.1.13", "SHA512withRSA"),
            Map.entry("1.2.840.113549.1.1.10", "RSASSA-PSS"),
            Map.entry("1.2.840.10045.4.1", "SHA1withECDSA"),
            Map.entry("1.2.840.10045.4.3.2", "SHA256withECDSA"),
            Map.entry("1.2.840.10045.4.3.3", "SHA384withECDSA"),
            Map.entry("1.2.840.10045.4.3.4", "SHA512withECDSA"),
            Map.entry("1.3.101.112", "Ed25519"),
            Map.entry("1.3.101.113", "Ed448"),
            Map.entry("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
            Map.entry("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
            Map.entry("2.16.840.1.101.3.4.3.19", "ML-DSA-87"));

    private static final Map<String, String> OIDS = Map.of(
            "SHA256withRSA", "1.2.840.113549.1.1.11",
            "SHA256withECDSA", "1.2.840.10045.4.3.2",
            "SHA384withECDSA", "1.2.840.10045.4.3.3",
            "SHA512withECDSA", "1.2.840.10045.4.3.4",
            "Ed25519", "1.3.101.112");

    private SignatureNames() {}

    static String nameOf(AlgorithmIdentifier identifier) {
        String oid = identifier.getAlgorithm().getId();
        return NAMES.getOrDefault(oid, oid);
    }

    /// The signature that a key makes. An RSA key of an odd size signs like the others.
    static String nameFor(SigningKey key) {
        return key.algorithm().map(KeyAlgorithm::signatureName).orElseGet(() -> fallback(key.publicKey()));
    }

    private static String fallback(PublicKey key) {
        if (key.getAlgorithm().equals("RSA")) {
            return "SHA256withRSA";
        }
        throw new X509Failure("keys of type " + KeyAlgorithm.describe(key) + " can't sign certificates here");
    }

    /// RFC 4055 §5: RSA identifiers carry NULL parameters; RFC 5758 §3.2 and RFC 8410 §3: the others carry none.
    static AlgorithmIdentifier identifier(String name) {
        String oid = OIDS.get(name);
        if (oid == null) {
            throw new X509Failure("signatures of type " + name + " are not made here");
        }
        ASN1ObjectIdentifier algorithm = new ASN1ObjectIdentifier(oid);
        return name.endsWith("RSA")
                ? new AlgorithmIdentifier(algorithm, DERNull.INSTANCE)
                : new AlgorithmIdentifier(algorithm);
    }
}
