package dev.kubepki.pki.cluster;

import dev.kubepki.pki.cluster.KubeadmFields.Flag;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Flags by which a kubeadm description may talk a component out of the certificates that are made for it.
final class KubeadmFlags {
    /// Flags that name files: what they name is used in place of the set's file.
    private static final Set<String> FILES = Set.of(
            "tls-cert-file",
            "tls-private-key-file",
            "client-ca-file",
            "kubelet-client-certificate",
            "kubelet-client-key",
            "proxy-client-cert-file",
            "proxy-client-key-file",
            "requestheader-client-ca-file",
            "service-account-key-file",
            "service-account-signing-key-file",
            "service-account-private-key-file",
            "cluster-signing-cert-file",
            "cluster-signing-key-file",
            "root-ca-file",
            "etcd-cafile",
            "etcd-certfile",
            "etcd-keyfile",
            "cert-file",
            "key-file",
            "trusted-ca-file",
            "peer-cert-file",
            "peer-key-file",
            "peer-trusted-ca-file");

    private KubeadmFlags() {}

    /// Warns of flags that name other files, and of those that contradict a value which the certificates hold.
    ///
    /// @param expected values by flag
    static void judge(Reading reading, List<Flag> flags, Map<String, String> expected) {
        for (Flag flag : flags) {
            String value = expected.get(flag.name());
            if (FILES.contains(flag.name())) {
                reading.warn(
                        flag.line(),
                        flag.path(),
                        "'" + flag.name()
                                + "' names a file itself, which kubeadm passes on in place of the one from this set");
            } else if (value != null && !value.equals(flag.value())) {
                reading.warn(
                        flag.line(),
                        flag.path(),
                        "'" + flag.name() + "' is " + Texts.shown(flag.value()) + ", but the certificates are made for "
                                + value);
            }
        }
    }
}
