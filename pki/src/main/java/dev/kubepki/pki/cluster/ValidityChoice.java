package dev.kubepki.pki.cluster;

import java.time.Duration;
import java.util.Map;

/// How long each certificate is valid.
///
/// @param leaf for every certificate that is not a CA's and not named
/// @param authority for every CA that is not named
/// @param byName for what is named
public record ValidityChoice(Duration leaf, Duration authority, Map<CertificateName, Duration> byName) {
    /// One year for leaves and ten for CAs, as kubeadm does: of 365 days each, not calendar years.
    public static final ValidityChoice DEFAULT =
            new ValidityChoice(Duration.ofDays(365), Duration.ofDays(3650), Map.of());

    /// Copies the map.
    public ValidityChoice {
        byName = ByName.copyOf(byName);
    }

    /// The validity of one member of the set.
    public Duration of(CertificateName name) {
        return byName.getOrDefault(name, name.isAuthority() ? authority : leaf);
    }
}
