package dev.kubepki.pki.x509;

/// The bits of the key usage extension (RFC 5280 §4.2.1.3), in bit order.
public enum KeyUsage {
    /// Signatures other than on certificates and CRLs: TLS with key agreement.
    DIGITAL_SIGNATURE(0, "digitalSignature", "Digital Signature"),
    /// Called contentCommitment since 2003.
    NON_REPUDIATION(1, "nonRepudiation", "Non Repudiation"),
    /// Encrypting keys: TLS 1.2 with RSA key transport.
    KEY_ENCIPHERMENT(2, "keyEncipherment", "Key Encipherment"),
    /// Encrypting data directly.
    DATA_ENCIPHERMENT(3, "dataEncipherment", "Data Encipherment"),
    /// Key agreement with static keys.
    KEY_AGREEMENT(4, "keyAgreement", "Key Agreement"),
    /// Signing certificates.
    CERT_SIGN(5, "keyCertSign", "Certificate Sign"),
    /// Signing certificate revocation lists.
    CRL_SIGN(6, "cRLSign", "CRL Sign"),
    /// With key agreement: enciphering only.
    ENCIPHER_ONLY(7, "encipherOnly", "Encipher Only"),
    /// With key agreement: deciphering only.
    DECIPHER_ONLY(8, "decipherOnly", "Decipher Only");

    private final int bit;
    private final String field;
    private final String label;

    KeyUsage(int bit, String field, String label) {
        this.bit = bit;
        this.field = field;
        this.label = label;
    }

    int bit() {
        return bit;
    }

    /// The name in RFC 5280: `digitalSignature`.
    public String field() {
        return field;
    }

    /// The name in openssl's output: `Digital Signature`.
    public String label() {
        return label;
    }
}
