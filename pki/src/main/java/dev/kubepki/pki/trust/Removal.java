package dev.kubepki.pki.trust;

import java.util.Optional;
import java.util.Set;

/// What is to be taken out of a store, among that which kubepki put there.
///
/// @param fingerprints SHA-256 in lower-case hex; empty for all
/// @param name the name under which it was put; empty for any
public record Removal(Optional<Set<String>> fingerprints, Optional<String> name) {
    /// Whether an entry of a store is meant.
    boolean means(String entryName, String fingerprint) {
        return StoreName.isOurs(entryName)
                && fingerprints.map(f -> f.contains(fingerprint)).orElse(true)
                && name.map(n -> StoreName.isNamed(entryName, n)).orElse(true);
    }
}
