package dev.kubepki.pki.exchange;

import dev.kubepki.pki.x509.SubjectAltName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// On which terms a request is signed: what the signer says, beside what the request says.
///
/// @param lifetime instead of the profile's
/// @param furtherNames beside those that the request asks for
/// @param allowPrivileged whether a member of `system:masters` may come out
public record SigningTerms(
        SigningProfile profile,
        Optional<Duration> lifetime,
        List<SubjectAltName> furtherNames,
        boolean allowPrivileged) {
    /// Defensive copy.
    public SigningTerms {
        furtherNames = List.copyOf(furtherNames);
    }
}
