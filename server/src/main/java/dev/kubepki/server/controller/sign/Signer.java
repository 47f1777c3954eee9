package dev.kubepki.server.controller.sign;

import dev.kubepki.pki.issue.CertificateAuthority;
import java.time.Duration;
import java.util.function.Supplier;

/// A signer that runs: what it signs, with whose key, and for how long.
///
/// @param authority the CA as it is now; throws [AuthorityUnavailable] when there is none, and the requests wait
/// @param usual the lifetime of a certificate whose request names none
/// @param longest the most that a request gets, whatever it asks for
public record Signer(SignerPolicy policy, Supplier<CertificateAuthority> authority, Duration usual, Duration longest) {
    /// One that gives its longest lifetime to whoever asks for none, as Kubernetes' own do.
    public Signer(SignerPolicy policy, Supplier<CertificateAuthority> authority, Duration longest) {
        this(policy, authority, longest, longest);
    }
}
