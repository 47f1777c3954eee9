package dev.kubepki.pki.x509;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Makes the extensions of certificates and requests, with the criticality that RFC 5280 asks for.
public final class CertificateExtensions {
    private CertificateExtensions() {}

    /// Critical (§4.2.1.3).
    public static Extension keyUsage(Set<KeyUsage> usages) {
        return Extensions.keyUsage(usages);
    }

    /// Not critical, as Kubernetes' own tools write it.
    public static Extension extendedKeyUsages(List<ExtendedKeyUsage> usages) {
        return Extensions.extendedKeyUsages(usages);
    }

    /// Critical, also on end entities (§4.2.1.9 asks it of CAs).
    public static Extension basicConstraints(BasicConstraints constraints) {
        return Extensions.basicConstraints(constraints);
    }

    /// Critical only where the subject is empty (§4.2.1.6).
    public static Extension subjectAltNames(List<SubjectAltName> names, boolean critical) {
        return Extensions.subjectAltNames(names, critical);
    }

    /// The identifier of a public key: the first 160 bits of SHA-256 over its bits (RFC 7093 §2, method 1).
    public static String keyIdentifier(byte[] publicKeyInfo) {
        byte[] bits = Asn1.decode(
                "the public key",
                () -> org.bouncycastle.asn1.x509.SubjectPublicKeyInfo.getInstance(publicKeyInfo)
                        .getPublicKeyData()
                        .getOctets());
        return HexFormat.of().formatHex(Arrays.copyOf(Certificate.sha256(bits), 20));
    }

    /// The subject's key identifier (§4.2.1.2), not critical.
    ///
    /// @param keyId in hex
    public static Extension subjectKeyIdentifier(String keyId) {
        return Extensions.subjectKeyIdentifier(HexFormat.of().parseHex(keyId));
    }

    /// The key identifier alone, without issuer and serial.
    ///
    /// @param keyId in hex
    public static Extension authorityKeyIdentifier(String keyId) {
        return Extensions.authorityKeyIdentifier(HexFormat.of().parseHex(keyId));
    }
}
