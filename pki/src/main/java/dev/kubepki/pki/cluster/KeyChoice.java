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

    /// Copies the map; refuses an Ed25519 key for service-account tokens, which Kubernetes signs with RSA or ECDSA
    /// alone.
    public KeyChoice {
        byName = ByName.copyOf(byName);
        if (byName.get(CertificateName.SA) == KeyAlgorithm.ED25519) {
            throw new IllegalArgumentException("Kubernetes can't sign service-account tokens with an Ed25519 key");
        }
    }

    /// The algorithm of one member of the set: what is named for it, else the overall one. Where that is Ed25519, the
    /// service-account pair is ECDSA-P256, for kube-apiserver and kube-controller-manager stop at an Ed25519 one.
    public KeyAlgorithm of(CertificateName name) {
        KeyAlgorithm chosen = byName.getOrDefault(name, overall);
        return name == CertificateName.SA && chosen == KeyAlgorithm.ED25519 ? KeyAlgorithm.ECDSA_P256 : chosen;
    }
}
