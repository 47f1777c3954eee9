package dev.kubepki.pki.x509;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.Pem;
import dev.kubepki.pki.key.SigningKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// A certification request (RFC 2986), kept as the bytes in which it was written.
public final class CertificateRequest {
    private final byte[] der;
    private final CertificationRequest asn1;
    private final DistinguishedName subject;
    private final List<Extension> extensions;

    private CertificateRequest(byte[] der, CertificationRequest asn1) {
        this.der = der;
        this.asn1 = asn1;
        this.subject = DistinguishedName.of(asn1.getCertificationRequestInfo().getSubject());
        this.extensions = requestedExtensions(asn1.getCertificationRequestInfo().getAttributes());
    }

    /// Reads one request in DER. Its signature is for [#isSelfSigned] to check.
    ///
    /// @throws X509Failure where the bytes are not one
    public static CertificateRequest decode(byte[] der) {
        if (der.length > Asn1.MAX_BYTES) {
            throw new X509Failure("a request of " + der.length + " bytes is too large");
        }
        byte[] copy = der.clone();
        return Asn1.decode("the certificate request", () -> {
            if (!Asn1.isOneValue(copy)) {
                throw new X509Failure("the certificate request is cut off or has bytes behind its end");
            }
            return new CertificateRequest(copy, CertificationRequest.getInstance(copy));
        });
    }

    /// Every request of a PEM text, in order: `CERTIFICATE REQUEST`, and the older `NEW CERTIFICATE REQUEST`.
    public static List<CertificateRequest> readAll(byte[] pem) {
        List<CertificateRequest> requests = new ArrayList<>();
        for (Pem block : Pem.readAll(pem)) {
            if (block.type().equals("CERTIFICATE REQUEST") || block.type().equals("NEW CERTIFICATE REQUEST")) {
                requests.add(decode(block.der()));
            }
        }
        return requests;
    }

    /// Makes a request for the key, asking for these extensions.
    public static CertificateRequest sign(
            DistinguishedName subject, List<Extension> extensions, SigningKey key, CryptoProvider provider) {
        ASN1Set attributes = extensions.isEmpty()
                ? new DERSet()
                : new DERSet(new Attribute(
                        PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, new DERSet(Extensions.encode(extensions))));
        CertificationRequestInfo info = new CertificationRequestInfo(
                subject.asn1(), SubjectPublicKeyInfo.getInstance(key.publicKey().getEncoded()), attributes);
        String name = SignatureNames.nameFor(key);
        byte[] signature = key.sign(provider, name, Asn1.der(info));
        return decode(Asn1.der(new DERSequence(
                new ASN1Encodable[] {info, SignatureNames.identifier(name), new DERBitString(signature)})));
    }

    CertificationRequest asn1() {
        return asn1;
    }

    /// The request's bytes, as they were read or made.
    public byte[] der() {
        return der.clone();
    }

    /// As a `CERTIFICATE REQUEST` block.
    public Pem pem() {
        return Pem.of("CERTIFICATE REQUEST", der);
    }

    /// The subject that the requester wants.
    public DistinguishedName subject() {
        return subject;
    }

    /// The key to be certified.
    public PublicKey publicKey() {
        return KeyPem.publicKey(publicKeyInfo());
    }

    /// The SubjectPublicKeyInfo in DER.
    public byte[] publicKeyInfo() {
        return Asn1.der(asn1.getCertificationRequestInfo().getSubjectPublicKeyInfo());
    }

    /// The JCA name of the signature's algorithm, or its dotted identifier where there is no name.
    public String signatureName() {
        return SignatureNames.nameOf(asn1.getSignatureAlgorithm());
    }

    /// Whether the requester holds the private key.
    public boolean isSelfSigned(CryptoProvider provider) {
        byte[] signed = Asn1.firstOfSequence(der);
        return Asn1.wholeBytes(asn1.getSignature())
                .filter(signature -> provider.verify(publicKey(), signatureName(), signed, signature))
                .isPresent();
    }

    /// The extensions asked for, in order.
    public List<Extension> extensions() {
        return extensions;
    }

    /// The subject alternative names asked for, in order.
    public List<SubjectAltName> subjectAltNames() {
        return Extensions.find(extensions, Extension.SUBJECT_ALT_NAME)
                .map(Extensions::subjectAltNames)
                .orElse(List.of());
    }

    /// The extended key usages asked for.
    public Optional<List<ExtendedKeyUsage>> extendedKeyUsages() {
        return Extensions.find(extensions, Extension.EXTENDED_KEY_USAGE).map(Extensions::extendedKeyUsages);
    }

    /// The key usages asked for.
    public Optional<java.util.Set<KeyUsage>> keyUsage() {
        return Extensions.find(extensions, Extension.KEY_USAGE).map(Extensions::keyUsage);
    }

    /// The basic constraints asked for.
    public Optional<BasicConstraints> basicConstraints() {
        return Extensions.find(extensions, Extension.BASIC_CONSTRAINTS).map(Extensions::basicConstraints);
    }

    /// One attribute with extensions, once: a second one is how a request hides a name from its reviewer.
    private static List<Extension> requestedExtensions(ASN1Set attributes) {
        List<Extension> extensions = List.of();
        boolean seen = false;
        for (int i = 0; attributes != null && i < attributes.size(); i++) {
            Attribute attribute = Attribute.getInstance(attributes.getObjectAt(i));
            if (attribute.getAttrType().equals(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)) {
                if (seen || attribute.getAttrValues().size() != 1) {
                    throw new X509Failure("the request asks for extensions more than once");
                }
                seen = true;
                extensions = Extensions.list(org.bouncycastle.asn1.x509.Extensions.getInstance(
                        attribute.getAttrValues().getObjectAt(0)));
            }
        }
        return extensions;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CertificateRequest that && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }

    @Override
    public String toString() {
        return "CertificateRequest[" + subject + "]";
    }
}
