package dev.kubepki.pki.files;

import dev.kubepki.pki.cluster.Item;
import java.nio.file.Path;
import java.util.Optional;

/// A kubeconfig with one cluster, one user and one context, everything embedded.
final class KubeconfigText {
    private KubeconfigText() {}

    static byte[] of(Path file, Item.KubeconfigNames names, byte[] authorities, byte[] certificates, byte[] key) {
        return Kubeconfig.of(
                        file,
                        cluster(names, authorities),
                        KubeconfigUser.named(names.user()).withEmbedded(certificates, key),
                        KubeconfigContext.of(names.context(), names.cluster(), names.user()))
                .encoded();
    }

    /// The same file with a new credential and CA: its other entries and unknown fields stay as they are. Empty where
    /// it
    /// has neither the entries of these names nor a current context to take instead.
    static Optional<byte[]> renewed(
            Kubeconfig old, Item.KubeconfigNames names, byte[] authorities, byte[] certificates, byte[] key) {
        Optional<KubeconfigUser> user = old.user(names.user()).or(old::currentUser);
        Optional<KubeconfigCluster> cluster = old.cluster(names.cluster()).or(old::currentCluster);
        if (user.isEmpty() || cluster.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(old.with(cluster.get().withEmbeddedAuthority(authorities))
                .with(user.get().withEmbedded(certificates, key))
                .encoded());
    }

    /// The same file with another CA. Empty where it has no cluster to trust.
    static Optional<byte[]> trusting(Kubeconfig old, Item.KubeconfigNames names, byte[] authorities) {
        return old.cluster(names.cluster())
                .or(old::currentCluster)
                .map(cluster ->
                        old.with(cluster.withEmbeddedAuthority(authorities)).encoded());
    }

    private static KubeconfigCluster cluster(Item.KubeconfigNames names, byte[] authorities) {
        return KubeconfigCluster.named(names.cluster())
                .withServer(names.server())
                .withEmbeddedAuthority(authorities);
    }
}
