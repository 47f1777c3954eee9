package dev.kubepki.pki.issue;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.key.SigningKey;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateDraft;
import dev.kubepki.pki.x509.CertificateExtensions;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.Extension;
import dev.kubepki.pki.x509.Validity;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A CA: its certificate and the private key that belongs to it. Safe for many threads at once.
public final class CertificateAuthority {
    private final Certificate certificate;
    private final SigningKey key;
    private final CryptoProvider provider;
    private final RandomGenerator random;
    private final String keyIdentifier;

    /// @param random for serial numbers: a `SecureRandom` outside of tests
    /// @throws IssuanceRefused where the key is not the certificate's
    public CertificateAuthority(
            Certificate certificate, SigningKey key, CryptoProvider provider, RandomGenerator random) {
        SigningKey adopted = provider.adopt(key);
        if (!adopted.matches(certificate.publicKey()) || !adopted.isConsistent(provider)) {
            throw new IssuanceRefused(
                    List.of("the private key does not belong to the CA certificate '" + certificate.subject() + "'"));
        }
        this.certificate = certificate;
        this.key = adopted;
        this.provider = provider;
        this.random = random;
        this.keyIdentifier = certificate
                .subjectKeyIdentifier()
                .orElseGet(() -> CertificateExtensions.keyIdentifier(certificate.publicKeyInfo()));
    }

    /// A new root: a certificate that its own key signs.
    public static CertificateAuthority root(
            CertificateProfile profile,
            DistinguishedName subject,
            SigningKey key,
            Instant now,
            CryptoProvider provider,
            RandomGenerator random) {
        byte[] keyInfo = key.publicKey().getEncoded();
        List<Extension> extensions = new ArrayList<>();
        extensions.add(CertificateExtensions.keyUsage(profile.keyUsagesFor(key.algorithm())));
        extensions.add(CertificateExtensions.basicConstraints(profile.basicConstraints()));
        extensions.add(CertificateExtensions.subjectKeyIdentifier(CertificateExtensions.keyIdentifier(keyInfo)));
        CertificateDraft draft =
                new CertificateDraft(subject, subject, serial(random), validity(profile, now), keyInfo, extensions);
        Certificate preview = draft.unsigned(key);
        refuse(Lint.reasons(preview, preview));
        return new CertificateAuthority(draft.sign(key, provider), key, provider, random);
    }

    /// An existing CA with a new certificate: the same name byte for byte, key and key identifier, so that what it
    /// signed
    /// before still verifies. Its new certificate is signed by its own key, or by the CA above.
    public static CertificateAuthority renewed(
            Certificate old,
            CertificateProfile profile,
            SigningKey key,
            Optional<CertificateAuthority> above,
            Instant now,
            CryptoProvider provider,
            RandomGenerator random) {
        if (!key.matches(old.publicKey())) {
            refuse(List.of("the private key does not belong to the CA certificate '" + old.subject() + "'"));
        }
        String identifier =
                old.subjectKeyIdentifier().orElseGet(() -> CertificateExtensions.keyIdentifier(old.publicKeyInfo()));
        List<Extension> extensions = new ArrayList<>();
        extensions.add(CertificateExtensions.keyUsage(profile.keyUsagesFor(key.algorithm())));
        extensions.add(CertificateExtensions.basicConstraints(profile.basicConstraints()));
        extensions.add(CertificateExtensions.subjectKeyIdentifier(identifier));
        above.ifPresent(a -> extensions.add(CertificateExtensions.authorityKeyIdentifier(a.keyIdentifier)));
        Validity validity = validity(profile, now);
        if (above.isPresent()
                && validity.notAfter()
                        .isAfter(above.get().certificate.validity().notAfter())) {
            validity = new Validity(
                    validity.notBefore(), above.get().certificate.validity().notAfter());
        }
        DistinguishedName issuer = above.map(a -> a.certificate.subject()).orElse(old.subject());
        CertificateDraft draft =
                new CertificateDraft(old.subject(), issuer, serial(random), validity, old.publicKeyInfo(), extensions);
        SigningKey signer = above.map(a -> a.key).orElse(key);
        Certificate preview = draft.unsigned(signer);
        refuse(Lint.reasons(preview, above.map(a -> a.certificate).orElse(preview)));
        return new CertificateAuthority(draft.sign(signer, provider), key, provider, random);
    }

    /// The CA's own certificate.
    public Certificate certificate() {
        return certificate;
    }

    /// Builds the certificate and checks it against every rule; the CA's key is not used.
    ///
    /// The end is brought forward to the CA's where it would lie behind it.
    ///
    /// @throws IssuanceRefused with every reason
    public Prepared prepare(CertificateProfile profile, IssuanceRequest request, Instant now) {
        if (!certificate.validity().contains(now)) {
            refuse(List.of("the CA '" + certificate.subject() + "' is valid from "
                    + certificate.validity().notBefore() + " to "
                    + certificate.validity().notAfter() + ", and now it is " + now));
        }
        Validity wanted = validity(profile, now);
        boolean capped = wanted.notAfter().isAfter(certificate.validity().notAfter());
        Validity validity =
                capped ? new Validity(wanted.notBefore(), certificate.validity().notAfter()) : wanted;
        byte[] keyInfo = request.publicKey().getEncoded();
        CertificateDraft draft = new CertificateDraft(
                request.subject(),
                certificate.subject(),
                serial(random),
                validity,
                keyInfo,
                extensions(profile, request, keyInfo));
        Certificate preview = draft.unsigned(key);
        refuse(Lint.reasons(preview, certificate));
        return new Prepared(draft, preview, this, capped);
    }

    /// Signs what was prepared.
    public Certificate issue(Prepared prepared) {
        return prepared.redeem(this).sign(key, provider);
    }

    /// A CA below this one.
    public CertificateAuthority intermediate(Prepared prepared, SigningKey intermediateKey) {
        return new CertificateAuthority(issue(prepared), intermediateKey, provider, random);
    }

    /// In the order in which Go writes them, so that sets of both tools read alike.
    private List<Extension> extensions(CertificateProfile profile, IssuanceRequest request, byte[] keyInfo) {
        List<Extension> extensions = new ArrayList<>();
        Optional<KeyAlgorithm> algorithm = KeyAlgorithm.of(request.publicKey());
        if (!profile.keyUsages().isEmpty()) {
            extensions.add(CertificateExtensions.keyUsage(profile.keyUsagesFor(algorithm)));
        }
        if (!profile.extendedKeyUsages().isEmpty()) {
            extensions.add(CertificateExtensions.extendedKeyUsages(profile.extendedKeyUsages()));
        }
        extensions.add(CertificateExtensions.basicConstraints(profile.basicConstraints()));
        extensions.add(CertificateExtensions.subjectKeyIdentifier(CertificateExtensions.keyIdentifier(keyInfo)));
        extensions.add(CertificateExtensions.authorityKeyIdentifier(keyIdentifier));
        if (!request.subjectAltNames().isEmpty()) {
            extensions.add(CertificateExtensions.subjectAltNames(
                    request.subjectAltNames(), request.subject().isEmpty()));
        }
        return extensions;
    }

    private static Validity validity(CertificateProfile profile, Instant now) {
        Instant second = Instant.ofEpochSecond(now.getEpochSecond());
        return new Validity(second.minus(CertificateProfile.BACKDATE), second.plus(profile.lifetime()));
    }

    /// 128 random bits: unique without a counter, and not to be guessed.
    private static BigInteger serial(RandomGenerator random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return new BigInteger(1, bytes);
    }

    private static void refuse(List<String> reasons) {
        if (!reasons.isEmpty()) {
            throw new IssuanceRefused(reasons);
        }
    }

    @Override
    public String toString() {
        return "CertificateAuthority[" + certificate.subject() + ", secret]";
    }
}
