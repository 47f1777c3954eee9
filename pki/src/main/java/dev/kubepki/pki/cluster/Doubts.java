package dev.kubepki.pki.cluster;

import dev.kubepki.pki.key.KeyAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What makes one doubt a description whose every value is right: a list of named checks over the whole.
final class Doubts {
    private Doubts() {}

    /// The text of a warning, if there is reason for one.
    private record Check(String topic, Function<ClusterConfig, Optional<String>> finding) {}

    /// Topics are the names of fields in kubepki's own format.
    private static final List<Check> CHECKS = List.of(
            new Check("caValidity", Doubts::leavesOutliveTheirCa),
            new Check("keyAlgorithm", Doubts::kubeadmCannotReadKeys),
            new Check("keyAlgorithm", Doubts::tokensNeedAnotherKey),
            new Check("controlPlaneEndpoint", Doubts::severalNodesWithoutEndpoint),
            new Check("serviceSubnets", Doubts::primarySubnetIsOfAnotherFamily),
            new Check("serviceSubnets", Doubts::nodeLiesInServiceSubnet));

    /// A warning and the topic that it is about.
    record Doubt(String topic, String message) {}

    static List<Doubt> about(ClusterConfig config) {
        List<Doubt> doubts = new ArrayList<>();
        for (Check check : CHECKS) {
            check.finding.apply(config).ifPresent(message -> doubts.add(new Doubt(check.topic, message)));
        }
        return doubts;
    }

    /// Why a cluster has no such member of the set, if it has none.
    static Optional<String> absence(ClusterConfig config, CertificateName name) {
        return switch (name) {
            case ROOT ->
                reason(
                        config.authorities().model() == CaModel.SEPARATE,
                        "there is a root only under model: single-root");
            case FRONT_PROXY_CA, FRONT_PROXY_CLIENT -> reason(!config.parts().frontProxy(), "the front proxy is off");
            case KUBE_PROXY_CONF -> reason(!config.parts().kubeProxy(), "kube-proxy.conf is off");
            case KUBELET_SERVER -> reason(!config.parts().kubeletServer(), "serving certificates of kubelets are off");
            case SUPER_ADMIN_CONF ->
                reason(
                        config.style() == NamingStyle.DOCUMENTED,
                        "there is a super-admin.conf only in the kubeadm style");
            case ETCD_CA, ETCD_SERVER, ETCD_PEER, ETCD_HEALTHCHECK_CLIENT ->
                reason(config.etcd() instanceof EtcdTopology.External, "etcd is external");
            default -> Optional.empty();
        };
    }

    private static Optional<String> reason(boolean absent, String reason) {
        return absent ? Optional.of(reason) : Optional.empty();
    }

    private static Optional<String> leavesOutliveTheirCa(ClusterConfig config) {
        ValidityChoice validity = config.validity();
        return reason(
                validity.leaf().compareTo(validity.authority()) > 0,
                "CAs are valid for a shorter time than the certificates they sign, which will end with them");
    }

    /// kubeadm's pkiutil.TryLoadKeyFromDisk takes RSA and ECDSA alone.
    private static Optional<String> kubeadmCannotReadKeys(ClusterConfig config) {
        return reason(
                config.keys().overall() == KeyAlgorithm.ED25519,
                "kubeadm reads no Ed25519 keys, so its commands will refuse this set");
    }

    /// kubernetes/pkg/serviceaccount signs with RSA and ECDSA alone.
    private static Optional<String> tokensNeedAnotherKey(ClusterConfig config) {
        return reason(
                config.keys().overall() == KeyAlgorithm.ED25519
                        && !config.keys().byName().containsKey(CertificateName.SA),
                "Kubernetes can't sign service-account tokens with Ed25519, so sa is "
                        + config.keys().of(CertificateName.SA).label());
    }

    private static Optional<String> severalNodesWithoutEndpoint(ClusterConfig config) {
        return reason(
                config.controlPlaneNodes().size() > 1
                        && config.api().controlPlaneEndpoint().isEmpty(),
                "is not written, so all clients of the cluster go to "
                        + config.controlPlaneNodes().getFirst().name() + " alone");
    }

    /// kube-apiserver's validatePublicIPServiceClusterIPRangeIPFamilies.
    private static Optional<String> primarySubnetIsOfAnotherFamily(ClusterConfig config) {
        Cidr primary = config.network().serviceSubnets().getFirst();
        return config.controlPlaneNodes().stream()
                .filter(node -> node.addresses().getFirst().isV6() != primary.isV6())
                .findFirst()
                .map(node -> "begins with " + primary + ", but " + node.name() + " advertises "
                        + node.addresses().getFirst()
                        + ": kube-apiserver wants the first range and the advertised address in one family");
    }

    private static Optional<String> nodeLiesInServiceSubnet(ClusterConfig config) {
        for (Cidr subnet : config.network().serviceSubnets()) {
            for (ClusterNode node : config.nodes()) {
                if (node.addresses().stream().anyMatch(subnet::contains)) {
                    return Optional.of(subnet + " holds an address of " + node.name()
                            + "; nodes and services must not share addresses");
                }
            }
        }
        return Optional.empty();
    }
}
