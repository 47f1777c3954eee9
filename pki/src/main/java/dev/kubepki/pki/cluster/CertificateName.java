package dev.kubepki.pki.cluster;

import java.util.Optional;

/// The name by which people call a member of the set: kubeadm's names, and kubepki's for what kubeadm leaves out.
public enum CertificateName {
    /// The root above all CAs, in the single-root model only.
    ROOT("root", Sort.AUTHORITY),
    /// The cluster's CA.
    CA("ca", Sort.AUTHORITY),
    /// kube-apiserver's serving certificate.
    APISERVER("apiserver", Sort.SERVER),
    /// kube-apiserver as a client of the kubelets.
    APISERVER_KUBELET_CLIENT("apiserver-kubelet-client", Sort.CLIENT),
    /// The CA of the aggregation layer.
    FRONT_PROXY_CA("front-proxy-ca", Sort.AUTHORITY),
    /// kube-apiserver as a client of extension API servers.
    FRONT_PROXY_CLIENT("front-proxy-client", Sort.CLIENT),
    /// etcd's CA.
    ETCD_CA("etcd-ca", Sort.AUTHORITY),
    /// etcd's serving certificate.
    ETCD_SERVER("etcd-server", Sort.SERVER),
    /// etcd's certificate among its peers.
    ETCD_PEER("etcd-peer", Sort.SERVER),
    /// The client of etcd's health checks.
    ETCD_HEALTHCHECK_CLIENT("etcd-healthcheck-client", Sort.CLIENT),
    /// kube-apiserver as a client of etcd.
    APISERVER_ETCD_CLIENT("apiserver-etcd-client", Sort.CLIENT),
    /// The key pair that signs service-account tokens.
    SA("sa", Sort.KEY_PAIR),
    /// The administrator's kubeconfig.
    ADMIN_CONF("admin.conf", Sort.KUBECONFIG),
    /// The kubeconfig beyond RBAC, in kubeadm's style only.
    SUPER_ADMIN_CONF("super-admin.conf", Sort.KUBECONFIG),
    /// A kubelet's kubeconfig.
    KUBELET_CONF("kubelet.conf", Sort.KUBECONFIG),
    /// kube-controller-manager's kubeconfig.
    CONTROLLER_MANAGER_CONF("controller-manager.conf", Sort.KUBECONFIG),
    /// kube-scheduler's kubeconfig.
    SCHEDULER_CONF("scheduler.conf", Sort.KUBECONFIG),
    /// kube-proxy's kubeconfig.
    KUBE_PROXY_CONF("kube-proxy.conf", Sort.KUBECONFIG),
    /// A kubelet's serving certificate.
    KUBELET_SERVER("kubelet-server", Sort.SERVER);

    /// What kind of thing a name stands for.
    public enum Sort {
        /// A certificate authority.
        AUTHORITY,
        /// A certificate that something serves TLS with.
        SERVER,
        /// A certificate that only a client shows.
        CLIENT,
        /// A bare key pair.
        KEY_PAIR,
        /// A kubeconfig with a client certificate in it.
        KUBECONFIG
    }

    private final String label;
    private final Sort sort;

    CertificateName(String label, Sort sort) {
        this.label = label;
        this.sort = sort;
    }

    /// The name in descriptions, on command lines and in messages: `etcd-peer`, `admin.conf`.
    public String label() {
        return label;
    }

    /// What kind of thing it is.
    public Sort sort() {
        return sort;
    }

    /// Whether it is a certificate authority.
    public boolean isAuthority() {
        return sort == Sort.AUTHORITY;
    }

    /// Whether it has a certificate, inside a kubeconfig or not; the service-account pair has none.
    public boolean isCertificate() {
        return sort != Sort.KEY_PAIR;
    }

    /// Finds a name by its exact label.
    public static Optional<CertificateName> parse(String label) {
        for (CertificateName name : values()) {
            if (name.label.equals(label)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
