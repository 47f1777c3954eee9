package dev.kubepki.pki.x509;

import java.time.Duration;
import java.time.Instant;

/// The time in which a certificate may be used, both ends included (RFC 5280 §4.1.2.5), in whole seconds of UTC.
public record Validity(Instant notBefore, Instant notAfter) {
    /// Whether the instant lies within.
    public boolean contains(Instant now) {
        return !now.isBefore(notBefore) && !now.isAfter(notAfter);
    }

    /// Time from now to the end; negative when it has passed.
    public Duration remaining(Instant now) {
        return Duration.between(now, notAfter);
    }
}
