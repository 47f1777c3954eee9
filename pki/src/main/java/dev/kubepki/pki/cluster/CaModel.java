package dev.kubepki.pki.cluster;

/// How the cluster's certificate authorities hang together.
public enum CaModel {
    /// Each CA signs itself.
    SEPARATE("separate"),
    /// One root signs the CAs of the cluster, of etcd and of the front proxy.
    SINGLE_ROOT("single-root");

    private final String label;

    CaModel(String label) {
        this.label = label;
    }

    /// The word in a description.
    public String label() {
        return label;
    }
}
