package dev.kubepki.pki.cluster;

import static dev.kubepki.pki.cluster.CertificateName.ADMIN_CONF;
import static dev.kubepki.pki.cluster.CertificateName.APISERVER;
import static dev.kubepki.pki.cluster.CertificateName.APISERVER_ETCD_CLIENT;
import static dev.kubepki.pki.cluster.CertificateName.APISERVER_KUBELET_CLIENT;
import static dev.kubepki.pki.cluster.CertificateName.CA;
import static dev.kubepki.pki.cluster.CertificateName.CONTROLLER_MANAGER_CONF;
import static dev.kubepki.pki.cluster.CertificateName.ETCD_CA;
import static dev.kubepki.pki.cluster.CertificateName.ETCD_HEALTHCHECK_CLIENT;
import static dev.kubepki.pki.cluster.CertificateName.ETCD_PEER;
import static dev.kubepki.pki.cluster.CertificateName.ETCD_SERVER;
import static dev.kubepki.pki.cluster.CertificateName.FRONT_PROXY_CA;
import static dev.kubepki.pki.cluster.CertificateName.FRONT_PROXY_CLIENT;
import static dev.kubepki.pki.cluster.CertificateName.KUBELET_CONF;
import static dev.kubepki.pki.cluster.CertificateName.KUBELET_SERVER;
import static dev.kubepki.pki.cluster.CertificateName.KUBE_PROXY_CONF;
import static dev.kubepki.pki.cluster.CertificateName.ROOT;
import static dev.kubepki.pki.cluster.CertificateName.SA;
import static dev.kubepki.pki.cluster.CertificateName.SCHEDULER_CONF;
import static dev.kubepki.pki.cluster.CertificateName.SUPER_ADMIN_CONF;
import static dev.kubepki.pki.cluster.Identity.anonymous;
import static dev.kubepki.pki.cluster.Identity.node;
import static dev.kubepki.pki.cluster.Identity.user;

import java.util.List;
import java.util.Optional;

/// The table of everything that a cluster's set can hold. Commands, checks, flags and documents are read from it.
///
/// Sources: the Kubernetes pages "PKI certificates and requirements" and "Node authorization", and kubeadm 1.36.
public final class Catalogue {
    /// Every row, authorities before what they sign.
    public static final List<Row> ROWS = List.of(
            new Row(
                    ROOT,
                    Placement.CLUSTER,
                    Role.AUTHORITY,
                    Output.Pair.of("root"),
                    null,
                    anonymous("kubernetes-root-ca"),
                    Hosts::none),
            new Row(
                    CA,
                    Placement.CLUSTER,
                    Role.AUTHORITY,
                    Output.Pair.of("ca"),
                    ROOT,
                    new Identity("kubernetes-ca", "kubernetes"),
                    Hosts::none),
            new Row(
                    ETCD_CA,
                    Placement.CLUSTER,
                    Role.AUTHORITY,
                    Output.Pair.of("etcd/ca"),
                    ROOT,
                    anonymous("etcd-ca"),
                    Hosts::none),
            new Row(
                    FRONT_PROXY_CA,
                    Placement.CLUSTER,
                    Role.AUTHORITY,
                    Output.Pair.of("front-proxy-ca"),
                    ROOT,
                    new Identity("kubernetes-front-proxy-ca", "front-proxy-ca"),
                    Hosts::none),
            new Row(
                    SA,
                    Placement.CLUSTER,
                    Role.KEY_PAIR,
                    new Output.Keys("pki/sa.key", "pki/sa.pub"),
                    null,
                    anonymous(""),
                    Hosts::none),
            new Row(
                    APISERVER,
                    Placement.CONTROL_PLANE,
                    Role.SERVER,
                    Output.Pair.of("apiserver"),
                    CA,
                    anonymous("kube-apiserver"),
                    Hosts::apiServer),
            new Row(
                    APISERVER_KUBELET_CLIENT,
                    Placement.CONTROL_PLANE,
                    Role.CLIENT,
                    Output.Pair.of("apiserver-kubelet-client"),
                    CA,
                    new Identity(
                            "kube-apiserver-kubelet-client",
                            "kube-apiserver-kubelet-client",
                            List.of("system:masters"),
                            List.of()),
                    Hosts::none),
            new Row(
                    APISERVER_ETCD_CLIENT,
                    Placement.CONTROL_PLANE,
                    Role.CLIENT,
                    Output.Pair.of("apiserver-etcd-client"),
                    ETCD_CA,
                    new Identity(
                            "kube-apiserver-etcd-client",
                            "kube-apiserver-etcd-client",
                            List.of("system:masters"),
                            List.of()),
                    Hosts::none),
            new Row(
                    FRONT_PROXY_CLIENT,
                    Placement.CONTROL_PLANE,
                    Role.CLIENT,
                    Output.Pair.of("front-proxy-client"),
                    FRONT_PROXY_CA,
                    anonymous("front-proxy-client"),
                    Hosts::none),
            new Row(
                    ETCD_SERVER,
                    Placement.ETCD,
                    Role.SERVER_AND_CLIENT,
                    Output.Pair.of("etcd/server"),
                    ETCD_CA,
                    new Identity("kube-etcd", Identity.NODE_NAME),
                    Hosts::etcd),
            new Row(
                    ETCD_PEER,
                    Placement.ETCD,
                    Role.SERVER_AND_CLIENT,
                    Output.Pair.of("etcd/peer"),
                    ETCD_CA,
                    new Identity("kube-etcd-peer", Identity.NODE_NAME),
                    Hosts::etcd),
            new Row(
                    ETCD_HEALTHCHECK_CLIENT,
                    Placement.ETCD,
                    Role.CLIENT,
                    Output.Pair.of("etcd/healthcheck-client"),
                    ETCD_CA,
                    anonymous("kube-etcd-healthcheck-client"),
                    Hosts::none),
            new Row(KUBELET_SERVER, Placement.NODE, Role.SERVER, Output.Pair.of("kubelet"), CA, node(), Hosts::kubelet),
            new Row(
                    ADMIN_CONF,
                    Placement.CLUSTER,
                    Role.CLIENT,
                    new Output.Config("admin.conf"),
                    CA,
                    new Identity(
                            "kubernetes-admin",
                            "kubernetes-admin",
                            List.of("system:masters"),
                            List.of("kubeadm:cluster-admins")),
                    Hosts::none),
            new Row(
                    SUPER_ADMIN_CONF,
                    Placement.CLUSTER,
                    Role.CLIENT,
                    new Output.Config("super-admin.conf"),
                    CA,
                    user("kubernetes-super-admin", "system:masters"),
                    Hosts::none),
            new Row(
                    KUBELET_CONF,
                    Placement.NODE,
                    Role.CLIENT,
                    new Output.Config("kubelet.conf"),
                    CA,
                    node(),
                    Hosts::none),
            new Row(
                    CONTROLLER_MANAGER_CONF,
                    Placement.CONTROL_PLANE,
                    Role.CLIENT,
                    new Output.Config("controller-manager.conf"),
                    CA,
                    anonymous("system:kube-controller-manager"),
                    Hosts::none),
            new Row(
                    SCHEDULER_CONF,
                    Placement.CONTROL_PLANE,
                    Role.CLIENT,
                    new Output.Config("scheduler.conf"),
                    CA,
                    anonymous("system:kube-scheduler"),
                    Hosts::none),
            new Row(
                    KUBE_PROXY_CONF,
                    Placement.NODE,
                    Role.CLIENT,
                    new Output.Config("kube-proxy.conf"),
                    CA,
                    user("system:kube-proxy", "system:node-proxier"),
                    Hosts::none));

    private Catalogue() {}

    /// Where a row's item is made.
    public enum Placement {
        /// Once, for the cluster as a whole.
        CLUSTER,
        /// On each control-plane node.
        CONTROL_PLANE,
        /// On each etcd member.
        ETCD,
        /// On each control-plane node and worker.
        NODE
    }

    /// What a certificate is used for.
    public enum Role {
        /// Signs others.
        AUTHORITY,
        /// Serves TLS.
        SERVER,
        /// Shows itself to servers.
        CLIENT,
        /// Both.
        SERVER_AND_CLIENT,
        /// No certificate at all.
        KEY_PAIR
    }

    /// One row.
    ///
    /// @param signer the CA above; `root` exists in the single-root model only, without it a CA signs itself
    public record Row(
            CertificateName name,
            Placement placement,
            Role role,
            Output output,
            @org.jspecify.annotations.Nullable CertificateName signer,
            Identity identity,
            Hosts.Rule hosts) {
        /// The CA above in a cluster of this description; empty for what signs itself.
        public Optional<CertificateName> issuer(ClusterConfig config) {
            boolean rooted = config.authorities().model() == CaModel.SINGLE_ROOT;
            return Optional.ofNullable(signer).filter(s -> rooted || s != ROOT);
        }
    }

    /// The row of a name.
    public static Row row(CertificateName name) {
        return ROWS.stream().filter(r -> r.name() == name).findFirst().orElseThrow();
    }
}
