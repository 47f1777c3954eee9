package dev.kubepki.pki.x509;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.SigningKey;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/// Everything of a version 3 certificate but its signature.
///
/// @param subjectKeyInfo the subject's SubjectPublicKeyInfo in DER
/// @param extensions in the order in which they will stand
@SuppressWarnings("ArrayRecordComponent") // a value on its way into a certificate; never compared
public record CertificateDraft(
        DistinguishedName subject,
        DistinguishedName issuer,
        BigInteger serial,
        Validity validity,
        byte[] subjectKeyInfo,
        List<Extension> extensions) {
    /// The bytes to be signed by a key of the given kind.
    public byte[] tbs(SigningKey signer) {
        V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
        generator.setSerialNumber(new ASN1Integer(serial));
        generator.setSignature(SignatureNames.identifier(SignatureNames.nameFor(signer)));
        generator.setIssuer(issuer.asn1());
        generator.setSubject(subject.asn1());
        generator.setStartDate(time(validity.notBefore()));
        generator.setEndDate(time(validity.notAfter()));
        generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(subjectKeyInfo));
        generator.setExtensions(Extensions.encode(extensions));
        return Asn1.der(generator.generateTBSCertificate());
    }

    /// The certificate as it will be, with an empty signature: for checks that read before a key is used.
    public Certificate unsigned(SigningKey signer) {
        return assemble(tbs(signer), signer, new byte[0]);
    }

    /// Signs. The caller has checked the content.
    public Certificate sign(SigningKey signer, CryptoProvider provider) {
        byte[] tbs = tbs(signer);
        return assemble(tbs, signer, signer.sign(provider, SignatureNames.nameFor(signer), tbs));
    }

    private static Certificate assemble(byte[] tbs, SigningKey signer, byte[] signature) {
        return Certificate.decode(Asn1.der(new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {
            TBSCertificate.getInstance(tbs),
            SignatureNames.identifier(SignatureNames.nameFor(signer)),
            new DERBitString(signature)
        })));
    }

    /// RFC 5280 §4.1.2.5: UTCTime to the end of 2049, GeneralizedTime from 2050; whole seconds. By way of the bytes, as
    /// the library's constructors read the text again with a calendar, whose loading would cost a start.
    private static Time time(Instant instant) {
        Instant seconds = Instant.ofEpochSecond(instant.getEpochSecond());
        int year = seconds.atOffset(ZoneOffset.UTC).getYear();
        return year < 2050
                ? time(BERTags.UTC_TIME, Times.utc(seconds))
                : time(BERTags.GENERALIZED_TIME, Times.generalized(seconds));
    }

    private static Time time(int tag, String text) {
        byte[] der = new byte[2 + text.length()];
        der[0] = (byte) tag;
        der[1] = (byte) text.length();
        for (int i = 0; i < text.length(); i++) {
            der[2 + i] = (byte) text.charAt(i);
        }
        try {
            return Time.getInstance(ASN1Primitive.fromByteArray(der));
        } catch (IOException e) {
            throw new IllegalStateException("a time of " + der.length + " bytes is DER", e);
        }
    }
}
