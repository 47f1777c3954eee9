package dev.kubepki.server.controller.sign;

import dev.kubepki.pki.issue.CertificateAuthority;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.KeyUsage;
import dev.kubepki.pki.x509.Validity;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// There is no CA to sign with now, and why; there may be one later.
public final class AuthorityUnavailable extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final SigningCause cause;

    /// @param message a sentence that names the file, or the CA
    public AuthorityUnavailable(SigningCause cause, String message) {
        super(message);
        this.cause = cause;
    }

    /// The kind of trouble.
    public SigningCause signingCause() {
        return cause;
    }

    /// What keeps a CA from signing at that time.
    static Optional<AuthorityUnavailable> of(CertificateAuthority authority, Instant now) {
        Certificate certificate = authority.certificate();
        Validity validity = certificate.validity();
        String name = "the CA '" + certificate.subject() + "'";
        if (now.isAfter(validity.notAfter())) {
            return trouble(SigningCause.CA_EXPIRED, name + " ended at " + validity.notAfter());
        }
        if (now.isBefore(validity.notBefore())) {
            return trouble(SigningCause.CA_NOT_YET_VALID, name + " begins at " + validity.notBefore());
        }
        Optional<Set<KeyUsage>> usages = certificate.keyUsage();
        boolean signs = certificate.isCa() && (usages.isEmpty() || usages.get().contains(KeyUsage.CERT_SIGN));
        return signs
                ? Optional.empty()
                : trouble(
                        SigningCause.CA_NOT_AN_AUTHORITY,
                        "the certificate '" + certificate.subject() + "' is not a CA's that may sign certificates");
    }

    private static Optional<AuthorityUnavailable> trouble(SigningCause cause, String message) {
        return Optional.of(new AuthorityUnavailable(cause, message));
    }
}
