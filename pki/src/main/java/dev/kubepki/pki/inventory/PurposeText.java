package dev.kubepki.pki.inventory;

import dev.kubepki.pki.cluster.CertificateName;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.ExtendedKeyUsage;
import dev.kubepki.pki.x509.X509Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a certificate is for, in a few words.
final class PurposeText {
    private static final Map<CertificateName, String> PURPOSES = Map.ofEntries(
            Map.entry(CertificateName.ROOT, "root CA"),
            Map.entry(CertificateName.CA, "CA of the cluster"),
            Map.entry(CertificateName.ETCD_CA, "CA of etcd"),
            Map.entry(CertificateName.FRONT_PROXY_CA, "CA of the front proxy"),
            Map.entry(CertificateName.SA, "service-account tokens"),
            Map.entry(CertificateName.APISERVER, "server: kube-apiserver"),
            Map.entry(CertificateName.APISERVER_KUBELET_CLIENT, "client: kube-apiserver at kubelets"),
            Map.entry(CertificateName.APISERVER_ETCD_CLIENT, "client: kube-apiserver at etcd"),
            Map.entry(CertificateName.FRONT_PROXY_CLIENT, "client: kube-apiserver at extensions"),
            Map.entry(CertificateName.ETCD_SERVER, "server: etcd"),
            Map.entry(CertificateName.ETCD_PEER, "peer: etcd"),
            Map.entry(CertificateName.ETCD_HEALTHCHECK_CLIENT, "client: health checks at etcd"),
            Map.entry(CertificateName.KUBELET_SERVER, "server: kubelet"),
            Map.entry(CertificateName.ADMIN_CONF, "client: administrator"),
            Map.entry(CertificateName.SUPER_ADMIN_CONF, "client: administrator beyond RBAC"),
            Map.entry(CertificateName.KUBELET_CONF, "client: kubelet"),
            Map.entry(CertificateName.CONTROLLER_MANAGER_CONF, "client: kube-controller-manager"),
            Map.entry(CertificateName.SCHEDULER_CONF, "client: kube-scheduler"),
            Map.entry(CertificateName.KUBE_PROXY_CONF, "client: kube-proxy"));

    private PurposeText() {}

    static String of(CertificateName name) {
        return PURPOSES.getOrDefault(name, name.label());
    }

    /// What the certificate says of itself: Go and OpenSSL take one without extended key usages for any purpose.
    static String of(Certificate certificate) {
        try {
            if (certificate.isCa()) {
                return "CA";
            }
            Optional<List<ExtendedKeyUsage>> found = certificate.extendedKeyUsages();
            if (found.isEmpty() || found.get().contains(ExtendedKeyUsage.ANY)) {
                return "any";
            }
            boolean server = found.get().contains(ExtendedKeyUsage.SERVER_AUTH);
            boolean client = found.get().contains(ExtendedKeyUsage.CLIENT_AUTH);
            if (server) {
                return client ? "server and client" : "server";
            }
            return client ? "client" : "other";
        } catch (X509Failure | KeyFailure damaged) {
            return "unknown";
        }
    }
}
