package dev.kubepki.pki.cluster;

import dev.kubepki.pki.key.KeyAlgorithm;
import java.util.Map;

/// Which algorithm each key has.
///
/// @param overall for whatever is not named
/// @param byName for what is named
public record KeyChoice(KeyAlgorithm overall, Map<CertificateName, KeyAlgorithm> byName) {
    /// RSA-2048 throughout, as kubeadm does.
    public static final KeyChoice DEFAULT = new KeyChoice(KeyAlgorithm.RSA_2048, Map.of());

    /// Copies the map.
    public KeyChoice {
        byName = ByName.copyOf(byName);
    }

    /// The algorithm of one member of the set.
    public KeyAlgorithm of(CertificateName name) {
        return byName.getOrDefault(name, overall);
    }
}
