package dev.kubepki.pki.files;

import dev.kubepki.pki.cluster.Item;
import java.nio.file.Path;

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

    /// The same file with a new credential and CA: its other entries and unknown fields stay as they are.
    static byte[] renewed(Kubeconfig old, byte[] authorities, byte[] certificates, byte[] key) {
        Kubeconfig renewed = old;
        if (old.currentCluster().isPresent()) {
            renewed = renewed.with(old.currentCluster().get().withEmbeddedAuthority(authorities));
        }
        if (old.currentUser().isPresent()) {
            renewed = renewed.with(old.currentUser().get().withEmbedded(certificates, key));
        }
        return renewed.encoded();
    }

    private static KubeconfigCluster cluster(Item.KubeconfigNames names, byte[] authorities) {
        return KubeconfigCluster.named(names.cluster())
                .withServer(names.server())
                .withEmbeddedAuthority(authorities);
    }
}
