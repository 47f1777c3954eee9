package dev.kubepki.pki.files;

import dev.kubepki.pki.cluster.Item;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Sequence;
import dev.kubepki.pki.document.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// A kubeconfig with one cluster, one user and one context, everything embedded.
final class KubeconfigText {
    private KubeconfigText() {}

    static byte[] of(Item.KubeconfigNames names, byte[] authorities, byte[] certificates, byte[] key) {
        Mapping cluster =
                Mapping.of("certificate-authority-data", base64(authorities)).with("server", names.server());
        Mapping user =
                Mapping.of("client-certificate-data", base64(certificates)).with("client-key-data", base64(key));
        Mapping context = Mapping.of("cluster", names.cluster()).with("user", names.user());
        Mapping root = Mapping.of("apiVersion", "v1")
                .with(
                        "clusters",
                        Sequence.of(List.of(Mapping.of("cluster", cluster).with("name", names.cluster()))))
                .with(
                        "contexts",
                        Sequence.of(List.of(Mapping.of("context", context).with("name", names.context()))))
                .with("current-context", names.context())
                .with("kind", "Config")
                .with(
                        "users",
                        Sequence.of(List.of(Mapping.of("name", names.user()).with("user", user))));
        return YamlWriter.sorted().write(root).getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
