package dev.kubepki.pki.cluster;

/// What a cluster may do without.
///
/// @param frontProxy the front proxy's CA and client, needed by extension API servers alone
/// @param kubeProxy kube-proxy.conf, not needed where another component replaces kube-proxy or kubeadm installs it
/// @param kubeletServer serving certificates for the kubelets; without them each kubelet makes its own
public record OptionalParts(boolean frontProxy, boolean kubeProxy, boolean kubeletServer) {
    /// Everything.
    public static final OptionalParts ALL = new OptionalParts(true, true, true);
}
