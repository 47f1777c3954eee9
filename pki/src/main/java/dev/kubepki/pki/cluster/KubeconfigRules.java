package dev.kubepki.pki.cluster;

import java.util.Map;
import java.util.Optional;

/// What stands in each kubeconfig besides its credential.
final class KubeconfigRules {
    /// The credential names of the documentation's page; the last is kubepki's, for a file that the page leaves out.
    private static final Map<CertificateName, String> DOCUMENTED_USERS = Map.of(
            CertificateName.ADMIN_CONF, "default-admin",
            CertificateName.KUBELET_CONF, "default-auth",
            CertificateName.CONTROLLER_MANAGER_CONF, "default-controller-manager",
            CertificateName.SCHEDULER_CONF, "default-scheduler",
            CertificateName.KUBE_PROXY_CONF, "default-kube-proxy");

    private KubeconfigRules() {}

    static Item.KubeconfigNames names(ClusterConfig config, Catalogue.Row row, Optional<ClusterNode> node) {
        String server = server(config, row, node);
        if (config.style() == NamingStyle.DOCUMENTED) {
            String user = DOCUMENTED_USERS.getOrDefault(row.name(), "default-auth");
            return new Item.KubeconfigNames("default-cluster", server, user, "default-system");
        }
        ClusterNode host = node.orElse(config.controlPlaneNodes().getFirst());
        String user =
                row.identity().subject(config.style(), host.name()).commonName().orElseThrow();
        return new Item.KubeconfigNames(config.clusterName(), server, user, user + "@" + config.clusterName());
    }

    /// A control-plane node's own components talk to their own API server, as kubeadm has it: an old one behind a load
    /// balancer may not know what a new component asks for. Everybody else takes the endpoint.
    private static String server(ClusterConfig config, Catalogue.Row row, Optional<ClusterNode> node) {
        boolean local = node.isPresent()
                && config.controlPlaneNodes().contains(node.get())
                && row.name() != CertificateName.KUBE_PROXY_CONF;
        return (local ? config.localEndpoint(node.get()) : config.endpoint()).httpsUrl();
    }
}
