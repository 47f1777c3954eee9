package dev.kubepki.server;

import dev.kubepki.server.controller.approve.ServingOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which controllers run, and how.
///
/// @param choice as `--controllers` says it: `*`, names, names with a minus in front
/// @param signing the CAs of signers
/// @param serving as what kubelets may serve, when their requests are to be approved
/// @param rootAuthority the CA that is published, when it is not that of the set
public record ControllerOptions(
        List<String> choice, Signing signing, Optional<ServingOptions> serving, Optional<Path> rootAuthority) {
    /// All that are on by default.
    public static final ControllerOptions DEFAULT =
            new ControllerOptions(List.of("*"), Signing.DEFAULT, Optional.empty(), Optional.empty());

    /// The files of a CA.
    public record Authority(Path certificate, Path key) {}

    /// The CAs of signers.
    ///
    /// @param general the CA of all signers; the set's where there is none at all
    /// @param own the CA of a signer, by its name; if there is one, only these signers run
    /// @param longest the lifetime of a certificate whose request names none, and the most that one may ask for
    /// @param legacy whether the signer of everything runs too
    /// @param file with further signers
    public record Signing(
            Optional<Authority> general,
            Map<String, Authority> own,
            Duration longest,
            boolean legacy,
            Optional<Path> file) {
        /// The set's CA, for a year at the most.
        public static final Signing DEFAULT =
                new Signing(Optional.empty(), Map.of(), Duration.ofDays(365), false, Optional.empty());
    }
}
