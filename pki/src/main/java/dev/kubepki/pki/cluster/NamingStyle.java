package dev.kubepki.pki.cluster;

/// Which names the certificates and kubeconfigs bear.
public enum NamingStyle {
    /// The names of the Kubernetes page "PKI certificates and requirements": `kubernetes-ca`, `default-admin`.
    DOCUMENTED("documented"),
    /// The names that kubeadm writes: `kubernetes` as the CA's name, `kubeadm:cluster-admins`, `super-admin.conf`.
    KUBEADM("kubeadm");

    private final String label;

    NamingStyle(String label) {
        this.label = label;
    }

    /// The word in a description.
    public String label() {
        return label;
    }
}
