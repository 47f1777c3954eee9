package dev.kubepki.pki.x509;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.key.Pem;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.jspecify.annotations.Nullable;

/// An X.509 certificate (RFC 5280), kept as the bytes in which it was written. Any version and any content is read;
/// what it is worth is for `verify` to say.
public final class Certificate {
    private static final List<Consumer<Certificate>> QUESTIONS = List.of(
            Certificate::validity,
            Certificate::publicKeyInfo,
            Certificate::tbs,
            Certificate::subjectAltNames,
            Certificate::keyUsage,
            Certificate::extendedKeyUsages,
            Certificate::basicConstraints,
            Certificate::nameConstraints,
            Certificate::syntaxProblem,
            Certificate::subjectKeyIdentifier,
            Certificate::authorityKeyIdentifier);

    private final byte[] der;
    private final org.bouncycastle.asn1.x509.Certificate asn1;
    private final DistinguishedName subject;
    private final DistinguishedName issuer;
    private final List<Extension> extensions;
    // Decoded when first asked for; two threads that do it at once get equal values.
    private volatile @Nullable PublicKey publicKey;
    private volatile @Nullable Validity validity;
    private volatile @Nullable PublicKey signer;

    /// Blank where there is none.
    private volatile @Nullable String syntaxProblem;

    private Certificate(byte[] der, org.bouncycastle.asn1.x509.Certificate asn1) {
        this.der = der;
        this.asn1 = asn1;
        TBSCertificate tbs = asn1.getTBSCertificate();
        this.subject = DistinguishedName.of(tbs.getSubject());
        this.issuer = DistinguishedName.of(tbs.getIssuer());
        this.extensions = Extensions.list(tbs.getExtensions());
    }

    /// Reads one certificate in DER.
    ///
    /// @throws X509Failure where the bytes are not one
    public static Certificate decode(byte[] der) {
        if (der.length > Asn1.MAX_BYTES) {
            throw new X509Failure("a certificate of " + der.length + " bytes is too large");
        }
        byte[] copy = der.clone();
        return Asn1.decode("the certificate", () -> {
            if (!Asn1.isOneValue(copy)) {
                throw new X509Failure("the certificate is cut off or has bytes behind its end");
            }
            return new Certificate(copy, org.bouncycastle.asn1.x509.Certificate.getInstance(copy));
        });
    }

    /// Every `CERTIFICATE` block of a PEM text, in order; other blocks and text around are passed over.
    public static List<Certificate> readAll(byte[] pem) {
        List<Certificate> certificates = new ArrayList<>();
        for (Pem block : Pem.readAll(pem)) {
            if (block.type().equals("CERTIFICATE")) {
                try {
                    certificates.add(decode(block.der()));
                } catch (X509Failure e) {
                    throw new X509Failure("line " + block.line() + ": " + e.getMessage(), e);
                }
            }
        }
        return certificates;
    }

    org.bouncycastle.asn1.x509.Certificate asn1() {
        return asn1;
    }

    /// The certificate's bytes, as they were read or made.
    public byte[] der() {
        return der.clone();
    }

    /// As a `CERTIFICATE` block.
    public Pem pem() {
        return Pem.of("CERTIFICATE", der);
    }

    /// 1, 2 or 3.
    public int version() {
        return asn1.getVersionNumber();
    }

    /// The serial number; negative or zero where a careless CA made it so.
    public BigInteger serial() {
        return asn1.getSerialNumber().getValue();
    }

    /// Whom the certificate is about.
    public DistinguishedName subject() {
        return subject;
    }

    /// Who signed it.
    public DistinguishedName issuer() {
        return issuer;
    }

    /// When it may be used.
    public Validity validity() {
        Validity known = validity;
        if (known == null) {
            known = Asn1.decode(
                    "the certificate's validity",
                    () -> new Validity(Times.instant(asn1.getStartDate()), Times.instant(asn1.getEndDate())));
            validity = known;
        }
        return known;
    }

    /// The public key.
    ///
    /// @throws KeyFailure where its type is not supported
    public PublicKey publicKey() {
        PublicKey known = publicKey;
        if (known == null) {
            known = KeyPem.publicKey(publicKeyInfo());
            publicKey = known;
        }
        return known;
    }

    /// The SubjectPublicKeyInfo in DER.
    public byte[] publicKeyInfo() {
        return Asn1.der(asn1.getSubjectPublicKeyInfo());
    }

    /// The JCA name of the signature's algorithm, or its dotted identifier where there is no name.
    public String signatureName() {
        return SignatureNames.nameOf(asn1.getSignatureAlgorithm());
    }

    /// Whether the two places that name the signature's algorithm agree (RFC 5280 §4.1.1.2).
    public boolean signatureAlgorithmsAgree() {
        return asn1.getSignatureAlgorithm().equals(asn1.getTBSCertificate().getSignature());
    }

    /// Whether this key made the signature. No other check.
    public boolean isSignedBy(PublicKey key, CryptoProvider provider) {
        if (key.equals(signer)) {
            return true;
        }
        boolean good = hasSignatureOf(key, provider);
        if (good) {
            signer = key;
        }
        return good;
    }

    private boolean hasSignatureOf(PublicKey key, CryptoProvider provider) {
        return Asn1.wholeBytes(asn1.getSignature())
                .filter(signature -> provider.verify(key, signatureName(), tbs(), signature))
                .isPresent();
    }

    /// What was signed, byte for byte.
    public byte[] tbs() {
        return Asn1.firstOfSequence(der);
    }

    /// Whether subject and issuer are the same name, which a root's are.
    public boolean isSelfIssued() {
        return subject.equals(issuer);
    }

    /// Every extension, in order.
    public List<Extension> extensions() {
        return extensions;
    }

    /// One extension by its dotted identifier.
    public Optional<Extension> extension(String oid) {
        return Extensions.find(extensions, oid);
    }

    /// The subject alternative names, in order; empty where the extension is absent.
    public List<SubjectAltName> subjectAltNames() {
        return extension(Extension.SUBJECT_ALT_NAME)
                .map(Extensions::subjectAltNames)
                .orElse(List.of());
    }

    /// The key usages; an empty result where the extension is absent, which allows every use.
    public Optional<Set<KeyUsage>> keyUsage() {
        return extension(Extension.KEY_USAGE).map(Extensions::keyUsage);
    }

    /// The extended key usages, in order; an empty result where the extension is absent.
    public Optional<List<ExtendedKeyUsage>> extendedKeyUsages() {
        return extension(Extension.EXTENDED_KEY_USAGE).map(Extensions::extendedKeyUsages);
    }

    /// The basic constraints; an empty result where the extension is absent.
    public Optional<BasicConstraints> basicConstraints() {
        return extension(Extension.BASIC_CONSTRAINTS).map(Extensions::basicConstraints);
    }

    /// Whether the basic constraints say that this is a CA.
    public boolean isCa() {
        return basicConstraints().map(BasicConstraints::ca).orElse(false);
    }

    /// The name constraints; an empty result where the extension is absent.
    public Optional<NameConstraints> nameConstraints() {
        return extension(Extension.NAME_CONSTRAINTS).map(NameConstraints::decode);
    }

    /// What in the writing is not DER or not the syntax of RFC 5280 §4.1, as the end of a sentence. Such certificates
    /// are read, but one that was altered after its signing may hide so.
    public Optional<String> syntaxProblem() {
        String known = syntaxProblem;
        if (known == null) {
            known = EncodingRules.syntaxProblem(der, asn1).orElse("");
            syntaxProblem = known;
        }
        return Optional.of(known).filter(problem -> !problem.isEmpty());
    }

    /// What keeps a part of the certificate from being read at all, as the end of a sentence. Where there is nothing,
    /// every question above has an answer, but [#publicKey] for a type that is not supported.
    public Optional<String> damage() {
        for (Consumer<Certificate> question : QUESTIONS) {
            try {
                question.accept(this);
            } catch (X509Failure e) {
                return Optional.ofNullable(e.getMessage());
            }
        }
        return Optional.empty();
    }

    /// Which of the two times has not the form of RFC 5280 §4.1.2.5, as the end of a sentence.
    public Optional<String> timeProblem() {
        return EncodingRules.timeProblem(asn1);
    }

    /// The subject key identifier in lower-case hex.
    public Optional<String> subjectKeyIdentifier() {
        return extension(Extension.SUBJECT_KEY_IDENTIFIER)
                .map(e -> HexFormat.of().formatHex(Extensions.subjectKeyIdentifier(e)));
    }

    /// The authority key identifier.
    public Optional<AuthorityKeyIdentifier> authorityKeyIdentifier() {
        return extension(Extension.AUTHORITY_KEY_IDENTIFIER).map(Extensions::authorityKeyIdentifier);
    }

    /// SHA-256 of the certificate in lower-case hex.
    public String fingerprint() {
        return HexFormat.of().formatHex(sha256(der));
    }

    /// The same certificate for the JDK's TLS, keystores and path validation.
    public X509Certificate jca() {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new X509Failure("Java does not accept the certificate", e);
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Certificate that && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }

    @Override
    public String toString() {
        return "Certificate[" + subject + ", serial " + serial().toString(16) + "]";
    }
}
