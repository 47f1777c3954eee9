package dev.kubepki.pki.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The description of a cluster, valid and complete: what every command works from.
///
/// @param clusterName the cluster's name in kubeconfigs
/// @param style which names certificates and kubeconfigs bear
/// @param api how the API server is reached
/// @param network service subnets and DNS domain
/// @param controlPlaneNodes at least one; each has an address
/// @param workers the other nodes
/// @param etcd where etcd runs
/// @param extraSans further DNS names and IP addresses of serving certificates, on every node
/// @param keys the algorithm of each key
/// @param validity how long each certificate is valid
/// @param authorities how the CAs hang together and where their keys are
/// @param parts what is left out
/// @param certificatesDir the folder that the description names for the set, as in kubeadm's `certificatesDir`
public record ClusterConfig(
        String clusterName,
        NamingStyle style,
        ApiEndpoint api,
        ClusterNetwork network,
        List<ClusterNode> controlPlaneNodes,
        List<ClusterNode> workers,
        EtcdTopology etcd,
        Map<CertificateName, List<String>> extraSans,
        KeyChoice keys,
        ValidityChoice validity,
        Authorities authorities,
        OptionalParts parts,
        Optional<String> certificatesDir) {

    /// The name that kubeadm gives a cluster.
    public static final String DEFAULT_NAME = "kubernetes";

    /// Copies the lists; refuses a cluster without a control-plane node, and one whose node has no address.
    public ClusterConfig {
        controlPlaneNodes = List.copyOf(controlPlaneNodes);
        workers = List.copyOf(workers);
        extraSans = ByName.copyOf(extraSans);
        if (controlPlaneNodes.isEmpty()) {
            throw new IllegalArgumentException("a cluster has at least one control-plane node");
        }
        if (controlPlaneNodes.stream().anyMatch(node -> node.addresses().isEmpty())) {
            throw new IllegalArgumentException("a control-plane node has at least one address");
        }
    }

    /// The description that nobody wrote: one host as the only control-plane node, every default.
    ///
    /// @param hostName the name that its kubelet registers with
    /// @param addresses its addresses, the advertised one first
    public static ClusterConfig forHost(String hostName, List<IpAddress> addresses) {
        return new ClusterConfig(
                DEFAULT_NAME,
                NamingStyle.DOCUMENTED,
                ApiEndpoint.DEFAULT,
                ClusterNetwork.DEFAULT,
                List.of(new ClusterNode(hostName, addresses)),
                List.of(),
                new EtcdTopology.Stacked(),
                Map.of(),
                KeyChoice.DEFAULT,
                ValidityChoice.DEFAULT,
                Authorities.DEFAULT,
                OptionalParts.ALL,
                Optional.empty());
    }

    /// The control-plane nodes, then the workers.
    public List<ClusterNode> nodes() {
        List<ClusterNode> nodes = new ArrayList<>(controlPlaneNodes);
        nodes.addAll(workers);
        return List.copyOf(nodes);
    }

    /// The hosts that run an etcd member with certificates from here; none for an external etcd.
    public List<ClusterNode> etcdMembers() {
        return etcd.hosts(controlPlaneNodes);
    }

    /// Whether the whole cluster is one host, whose folder then holds everything.
    public boolean isSingleNode() {
        return controlPlaneNodes.size() == 1
                && workers.isEmpty()
                && !(etcd instanceof EtcdTopology.Members(List<ClusterNode> members) && !members.isEmpty());
    }

    /// The API server as clients of the whole cluster reach it: the control-plane endpoint, else the first node's own.
    public HostPort endpoint() {
        return api.controlPlaneEndpoint().orElseGet(() -> localEndpoint(controlPlaneNodes.getFirst()));
    }

    /// The API server of one control-plane node.
    public HostPort localEndpoint(ClusterNode node) {
        return new HostPort(node.addresses().getFirst().text(), api.port());
    }

    /// The further names of a serving certificate.
    public List<String> extraSansOf(CertificateName name) {
        return extraSans.getOrDefault(name, List.of());
    }

    /// The same cluster with another naming style.
    public ClusterConfig withStyle(NamingStyle style) {
        return new ClusterConfig(
                clusterName,
                style,
                api,
                network,
                controlPlaneNodes,
                workers,
                etcd,
                extraSans,
                keys,
                validity,
                authorities,
                parts,
                certificatesDir);
    }

    /// The same cluster with another endpoint.
    public ClusterConfig withApi(ApiEndpoint api) {
        return new ClusterConfig(
                clusterName,
                style,
                api,
                network,
                controlPlaneNodes,
                workers,
                etcd,
                extraSans,
                keys,
                validity,
                authorities,
                parts,
                certificatesDir);
    }

    /// The same cluster with another network.
    public ClusterConfig withNetwork(ClusterNetwork network) {
        return new ClusterConfig(
                clusterName,
                style,
                api,
                network,
                controlPlaneNodes,
                workers,
                etcd,
                extraSans,
                keys,
                validity,
                authorities,
                parts,
                certificatesDir);
    }

    /// The same cluster with other control-plane nodes.
    public ClusterConfig withControlPlaneNodes(List<ClusterNode> controlPlaneNodes) {
        return new ClusterConfig(
                clusterName,
                style,
                api,
                network,
                controlPlaneNodes,
                workers,
                etcd,
                extraSans,
                keys,
                validity,
                authorities,
                parts,
                certificatesDir);
    }

    /// The same cluster with other workers.
    public ClusterConfig withWorkers(List<ClusterNode> workers) {
        return new ClusterConfig(
                clusterName,
                style,
                api,
                network,
                controlPlaneNodes,
                workers,
                etcd,
                extraSans,
                keys,
                validity,
                authorities,
                parts,
                certificatesDir);
    }

    /// The same cluster with another etcd.
    public ClusterConfig withEtcd(EtcdTopology etcd) {
        return new ClusterConfig(
                clusterName,
                style,
                api,
                network,
                controlPlaneNodes,
                workers,
                etcd,
                extraSans,
                keys,
                validity,
                authorities,
                parts,
                certificatesDir);
    }

    /// The same cluster with other extra SANs.
    public ClusterConfig withExtraSans(Map<CertificateName, List<String>> extraSans) {
        return new ClusterConfig(
                clusterName,
                style,
                api,
                network,
                controlPlaneNodes,
                workers,
                etcd,
                extraSans,
                keys,
                validity,
                authorities,
                parts,
                certificatesDir);
    }

    /// The same cluster with other key algorithms.
    public ClusterConfig withKeys(KeyChoice keys) {
        return new ClusterConfig(
                clusterName,
                style,
                api,
                network,
                controlPlaneNodes,
                workers,
                etcd,
                extraSans,
                keys,
                validity,
                authorities,
                parts,
                certificatesDir);
    }

    /// The same cluster with another validity.
    public ClusterConfig withValidity(ValidityChoice validity) {
        return new ClusterConfig(
                clusterName,
                style,
                api,
                network,
                controlPlaneNodes,
                workers,
                etcd,
                extraSans,
                keys,
                validity,
                authorities,
                parts,
                certificatesDir);
    }

    /// The same cluster with other authorities.
    public ClusterConfig withAuthorities(Authorities authorities) {
        return new ClusterConfig(
                clusterName,
                style,
                api,
                network,
                controlPlaneNodes,
                workers,
                etcd,
                extraSans,
                keys,
                validity,
                authorities,
                parts,
                certificatesDir);
    }

    /// The same cluster with other parts.
    public ClusterConfig withParts(OptionalParts parts) {
        return new ClusterConfig(
                clusterName,
                style,
                api,
                network,
                controlPlaneNodes,
                workers,
                etcd,
                extraSans,
                keys,
                validity,
                authorities,
                parts,
                certificatesDir);
    }
}
