package dev.kubepki.server.controller.sign;

import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.issue.IssuanceRequest;

/// What a signer does about a request.
sealed interface SigningDecision {
    /// Nothing: it is not its own, not approved, or has ended.
    record Leave() implements SigningDecision {}

    /// It can never be signed: a rule is violated.
    record Fail(String reason, String message) implements SigningDecision {}

    /// It is to be signed.
    record Sign(Signer signer, CertificateProfile profile, IssuanceRequest request) implements SigningDecision {}
}
