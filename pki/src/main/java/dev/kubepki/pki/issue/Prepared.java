package dev.kubepki.pki.issue;

import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.CertificateDraft;
import java.util.concurrent.atomic.AtomicBoolean;

/// A certificate that passed every check, not yet signed. Good for one signature by the CA that prepared it.
public final class Prepared {
    private final CertificateDraft draft;
    private final Certificate preview;
    private final CertificateAuthority authority;
    private final boolean capped;
    private final AtomicBoolean redeemed = new AtomicBoolean();

    Prepared(CertificateDraft draft, Certificate preview, CertificateAuthority authority, boolean capped) {
        this.draft = draft;
        this.preview = preview;
        this.authority = authority;
        this.capped = capped;
    }

    /// The certificate as it will be, with an empty signature.
    public Certificate preview() {
        return preview;
    }

    /// Whether the end was brought forward to the CA's.
    public boolean capped() {
        return capped;
    }

    CertificateDraft redeem(CertificateAuthority by) {
        if (!authority.equals(by)) {
            throw new IllegalStateException("prepared by another CA");
        }
        if (!redeemed.compareAndSet(false, true)) {
            throw new IllegalStateException("already issued once");
        }
        return draft;
    }
}
