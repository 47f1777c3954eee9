package dev.kubepki.pki.files;

import dev.kubepki.pki.document.JsonWriter;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Sequence;
import java.util.List;

/// A kubeconfig as `kubectl config view -o json` prints it: fields in the order in which client-go declares them
/// (tools/clientcmd/api/v1/types.go), which no two of its types contradict. What client-go doesn't know comes last.
final class KubeconfigJson {
    private static final List<String> ORDER = List.of(
            "kind",
            "name",
            // Of a cluster.
            "server",
            "tls-server-name",
            "insecure-skip-tls-verify",
            "certificate-authority",
            "certificate-authority-data",
            "proxy-url",
            "disable-compression",
            // Of a user.
            "client-certificate",
            "client-certificate-data",
            "client-key",
            "client-key-data",
            "token",
            "tokenFile",
            "as",
            "as-uid",
            "as-groups",
            "as-user-extra",
            "username",
            "password",
            "auth-provider",
            "exec",
            // Of a credential plugin.
            "command",
            "args",
            "env",
            "apiVersion",
            "installHint",
            "provideClusterInfo",
            "interactiveMode",
            "value",
            "config",
            // Of the whole, of entries and of contexts.
            "preferences",
            "clusters",
            "users",
            "contexts",
            "current-context",
            "cluster",
            "user",
            "namespace",
            "context",
            "extensions",
            "extension");

    /// What stands here has keys of its own, whose order is the alphabet's.
    private static final List<String> MAPS = List.of("as-user-extra", "config", "extension");

    private KubeconfigJson() {}

    static String of(Mapping tree) {
        return JsonWriter.indented(4).write(ordered(tree));
    }

    private static Node ordered(Node node) {
        if (node instanceof Sequence sequence) {
            return Sequence.of(
                    sequence.items().stream().map(KubeconfigJson::ordered).toList());
        }
        if (!(node instanceof Mapping mapping)) {
            return node;
        }
        Mapping ordered = Mapping.of();
        for (String key : ORDER) {
            if (mapping.get(key).isPresent()) {
                Node value = mapping.get(key).get();
                ordered = ordered.with(key, MAPS.contains(key) ? value : ordered(value));
            }
        }
        for (String key : mapping.keys().stream().sorted().toList()) {
            ordered = ORDER.contains(key)
                    ? ordered
                    : ordered.with(key, mapping.get(key).orElseThrow());
        }
        return ordered;
    }
}
