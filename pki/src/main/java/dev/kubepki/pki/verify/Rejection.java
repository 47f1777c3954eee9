package dev.kubepki.pki.verify;

import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.DistinguishedName;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.KeyUsage;
import dev.kubepki.pki.x509.SubjectAltName;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Why a certificate is not believed, with the evidence.
public sealed interface Rejection {
    /// One sentence for people, without the file, which the caller knows.
    default String sentence() {
        return RejectionText.of(this);
    }

    /// Past its end (§4.1.2.5).
    record Expired(Certificate where, Instant at, Instant notAfter) implements Rejection {}

    /// Before its beginning (§4.1.2.5).
    record NotYetValid(Certificate where, Instant at, Instant notBefore) implements Rejection {}

    /// No certificate at hand has the issuer's name.
    record UnknownIssuer(Certificate where, DistinguishedName issuer) implements Rejection {}

    /// A certificate has the issuer's name, but its key did not make the signature.
    record BadSignature(Certificate where, Certificate issuer) implements Rejection {}

    /// The issuer has no basic constraints that make it a CA (§4.2.1.9).
    record NotACa(Certificate where) implements Rejection {}

    /// The issuer's key usages do not let it sign certificates (§4.2.1.3).
    record MayNotSign(Certificate where, Set<KeyUsage> present) implements Rejection {}

    /// More CAs below this one than it allows (§4.2.1.9), or than the policy does.
    record PathTooLong(Certificate where, int allowed) implements Rejection {}

    /// The extended key usages do not cover the purpose, the end entity's or those of a CA above it.
    record WrongPurpose(Certificate where, ExtendedKeyUsage required, List<ExtendedKeyUsage> present)
            implements Rejection {}

    /// The end entity's key usages do not cover TLS.
    record WrongKeyUsage(Certificate where, KeyUsage required, Set<KeyUsage> present) implements Rejection {}

    /// A name that the constraints of a CA above do not allow (§4.2.1.10).
    record NameNotPermitted(Certificate where, String name, Certificate constrainedBy) implements Rejection {}

    /// The peer was called by a name that is not among the subject alternative names.
    record NameMismatch(Certificate where, PeerName wanted, List<SubjectAltName> present) implements Rejection {}

    /// A key that is too short, or of a kind or form that is not supported.
    record WeakKey(Certificate where, String key) implements Rejection {}

    /// A signature by an algorithm that is broken or not supported.
    record WeakSignature(Certificate where, String algorithm) implements Rejection {}

    /// A critical extension that nobody here understands (§4.2).
    record CriticalExtensionUnknown(Certificate where, String oid) implements Rejection {}

    /// An extension whose bytes are not what its identifier promises.
    record MalformedExtension(Certificate where, String oid, String problem) implements Rejection {}

    /// A certificate that is not written as X.509 wants it.
    record Malformed(Certificate where, String problem) implements Rejection {}

    /// A rule of the policy in use.
    record RuleBroken(Certificate where, CertificateRule rule, String problem) implements Rejection {}

    /// The search was stopped, as it cost too much.
    record BudgetExceeded(String what, int limit) implements Rejection {}
}
