package dev.kubepki.pki.inventory;

import dev.kubepki.pki.x509.Validity;
import java.time.Duration;
import java.time.Instant;

/// How a certificate stands at a moment, the best first.
public enum CertificateState {
    OK("ok"),
    EXPIRES_SOON("expires soon"),
    NOT_YET_VALID("not yet valid"),
    EXPIRED("expired"),
    /// There should be one, and there is none.
    MISSING("missing"),
    /// There is something that can't be read as a certificate.
    UNREADABLE("unreadable");

    private final String label;

    CertificateState(String label) {
        this.label = label;
    }

    /// The words for people.
    public String label() {
        return label;
    }

    /// Whether something can be shown to a peer today.
    public boolean isValid() {
        return this == OK || this == EXPIRES_SOON;
    }

    static CertificateState of(Validity validity, Instant now, Duration soon) {
        if (now.isBefore(validity.notBefore())) {
            return NOT_YET_VALID;
        }
        if (now.isAfter(validity.notAfter())) {
            return EXPIRED;
        }
        return validity.remaining(now).compareTo(soon) <= 0 ? EXPIRES_SOON : OK;
    }
}
