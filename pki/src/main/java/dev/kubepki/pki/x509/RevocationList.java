package dev.kubepki.pki.x509;

import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.Pem;
import java.math.BigInteger;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.bouncycastle.asn1.x509.Time;
import org.jspecify.annotations.Nullable;

/// A certificate revocation list (RFC 5280 §5), kept as the bytes in which it was written.
public final class RevocationList {
    /// cRLNumber.
    public static final String CRL_NUMBER = "2.5.29.20";

    /// A large public CA's list has some MiB; a cluster's has kilobytes. Three length bytes reach so far.
    private static final int MAX_BYTES = (1 << 24) - 1;

    private final byte[] der;
    private final CertificateList asn1;
    private final DistinguishedName issuer;
    private final List<Extension> extensions;

    private RevocationList(byte[] der, CertificateList asn1) {
        this.der = der;
        this.asn1 = asn1;
        this.issuer = DistinguishedName.of(asn1.getIssuer());
        this.extensions = Extensions.list(asn1.getTBSCertList().getExtensions());
    }

    /// Reads one list in DER.
    ///
    /// @throws X509Failure where the bytes are not one
    public static RevocationList decode(byte[] der) {
        if (der.length > MAX_BYTES) {
            throw new X509Failure("a revocation list of " + der.length + " bytes is too large");
        }
        byte[] copy = der.clone();
        return Asn1.decode("the revocation list", () -> {
            if (!Asn1.isOneValue(copy)) {
                throw new X509Failure("the revocation list is cut off or has bytes behind its end");
            }
            return new RevocationList(copy, CertificateList.getInstance(copy));
        });
    }

    /// Every `X509 CRL` block of a PEM text, in order.
    public static List<RevocationList> readAll(byte[] pem) {
        List<RevocationList> lists = new ArrayList<>();
        for (Pem block : Pem.readAll(pem)) {
            if (block.type().equals("X509 CRL")) {
                lists.add(decode(block.der()));
            }
        }
        return lists;
    }

    CertificateList asn1() {
        return asn1;
    }

    /// The list's bytes, as they were read.
    public byte[] der() {
        return der.clone();
    }

    /// As an `X509 CRL` block.
    public Pem pem() {
        return Pem.of("X509 CRL", der);
    }

    /// 1 or 2.
    public int version() {
        return asn1.getVersionNumber();
    }

    /// Whose certificates the list is about.
    public DistinguishedName issuer() {
        return issuer;
    }

    /// When the list was made.
    public Instant thisUpdate() {
        return Asn1.decode("the revocation list's thisUpdate", () -> instant(asn1.getThisUpdate()));
    }

    /// When the next list is due, after which this one must not be trusted; empty where the list does not say.
    public Optional<Instant> nextUpdate() {
        @Nullable Time next = asn1.getNextUpdate();
        return next == null
                ? Optional.empty()
                : Optional.of(Asn1.decode("the revocation list's nextUpdate", () -> instant(next)));
    }

    @SuppressWarnings("JavaUtilDate") // the ASN.1 library's form of an instant
    static Instant instant(Time time) {
        return Instant.ofEpochMilli(time.getDate().getTime());
    }

    /// How many certificates are revoked, without reading the entries.
    public int size() {
        return Asn1.decode("the revocation list's entries", () -> asn1.getRevokedCertificates().length);
    }

    /// The entries in order.
    public List<RevokedCertificate> entries() {
        return Asn1.decode("the revocation list's entries", () -> {
            List<RevokedCertificate> entries = new ArrayList<>();
            for (TBSCertList.CRLEntry entry : asn1.getRevokedCertificates()) {
                entries.add(new RevokedCertificate(
                        entry.getUserCertificate().getValue(),
                        instant(entry.getRevocationDate()),
                        Extensions.list(entry.getExtensions())));
            }
            return List.copyOf(entries);
        });
    }

    /// Every extension of the list, in order.
    public List<Extension> extensions() {
        return extensions;
    }

    /// The number that grows with each list of the CA (§5.2.3).
    public Optional<BigInteger> number() {
        return Extensions.find(extensions, CRL_NUMBER)
                .map(e -> Asn1.decode(
                        "the CRL number extension",
                        () -> ASN1Integer.getInstance(e.value()).getValue()));
    }

    /// The authority key identifier.
    public Optional<AuthorityKeyIdentifier> authorityKeyIdentifier() {
        return Extensions.find(extensions, Extension.AUTHORITY_KEY_IDENTIFIER).map(Extensions::authorityKeyIdentifier);
    }

    /// The JCA name of the signature's algorithm, or its dotted identifier where there is no name.
    public String signatureName() {
        return SignatureNames.nameOf(asn1.getSignatureAlgorithm());
    }

    /// Whether this key made the signature. No other check.
    public boolean isSignedBy(PublicKey key, CryptoProvider provider) {
        byte[] tbs = Asn1.firstOfSequence(der);
        return Asn1.wholeBytes(asn1.getSignature())
                .filter(signature -> provider.verify(key, signatureName(), tbs, signature))
                .isPresent();
    }

    /// SHA-256 of the list in lower-case hex.
    public String fingerprint() {
        return HexFormat.of().formatHex(Certificate.sha256(der));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RevocationList that && Arrays.equals(der, that.der);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(der);
    }

    @Override
    public String toString() {
        return "RevocationList[" + issuer + ", " + size() + " entries]";
    }
}
