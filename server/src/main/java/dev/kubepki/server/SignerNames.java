package dev.kubepki.server;

import java.util.List;

/// The signers that Kubernetes has built in, by the words that its options have for them.
final class SignerNames {
    static final String CLIENT = "kubernetes.io/kube-apiserver-client";
    static final String KUBELET_CLIENT = "kubernetes.io/kube-apiserver-client-kubelet";
    static final String KUBELET_SERVING = "kubernetes.io/kubelet-serving";
    static final List<String> OF_KUBELETS = List.of(KUBELET_CLIENT, KUBELET_SERVING);
    static final List<String> BUILT_IN = List.of(CLIENT, KUBELET_CLIENT, KUBELET_SERVING);

    private SignerNames() {}
}
