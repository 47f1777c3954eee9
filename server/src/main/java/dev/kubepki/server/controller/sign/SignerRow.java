package dev.kubepki.server.controller.sign;

import java.time.Duration;
import java.util.Optional;

/// A signer as a file has it.
///
/// @param files its CA; without them it has the CA of the built-in signers
/// @param usual the lifetime of a certificate whose request names none
/// @param longest the most that a request gets
public record SignerRow(SignerPolicy policy, Optional<Files> files, Duration usual, Duration longest) {
    /// The names of a CA's files as they are written.
    public record Files(String certificate, String key) {}
}
