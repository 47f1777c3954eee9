package dev.kubepki.pki.cluster;

import static dev.kubepki.pki.cluster.CertificateName.*;
import static dev.kubepki.pki.cluster.ComponentFlags.Component.*;

import dev.kubepki.pki.cluster.ComponentFlags.Component;
import dev.kubepki.pki.cluster.ComponentFlags.Part;
import dev.kubepki.pki.cluster.ComponentFlags.Row;
import dev.kubepki.pki.cluster.ComponentFlags.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rows of [ComponentFlags].
final class ComponentFlagTable {
    private static final int ETCD_PORT = 2379;

    private ComponentFlagTable() {}

    static List<Row> rows() {
        return Stream.of(apiServer(), etcdOfApiServer(), aggregation(), controllerManager(), others(), etcd())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> apiServer() {
        return List.of(
                open(KUBE_APISERVER, "client-ca-file", CA),
                open(KUBE_APISERVER, "tls-cert-file", APISERVER),
                secret(KUBE_APISERVER, "tls-private-key-file", APISERVER),
                // Without it a kubelet's serving certificate is not verified at all.
                new Row(
                        KUBE_APISERVER,
                        "kubelet-certificate-authority",
                        new Value.InSet(CA, Part.OPEN, KUBELET_SERVER)),
                open(KUBE_APISERVER, "kubelet-client-certificate", APISERVER_KUBELET_CLIENT),
                secret(KUBE_APISERVER, "kubelet-client-key", APISERVER_KUBELET_CLIENT),
                described(
                        KUBE_APISERVER,
                        "service-account-issuer",
                        config -> Optional.of("https://kubernetes.default.svc."
                                + config.network().dnsDomain())),
                open(KUBE_APISERVER, "service-account-key-file", SA),
                secret(KUBE_APISERVER, "service-account-signing-key-file", SA));
    }

    private static List<Row> etcdOfApiServer() {
        return List.of(
                described(KUBE_APISERVER, "etcd-servers", ComponentFlagTable::etcdServers),
                open(KUBE_APISERVER, "etcd-cafile", ETCD_CA),
                open(KUBE_APISERVER, "etcd-certfile", APISERVER_ETCD_CLIENT),
                secret(KUBE_APISERVER, "etcd-keyfile", APISERVER_ETCD_CLIENT),
                described(KUBE_APISERVER, "etcd-cafile", external(EtcdTopology.External::caFile)),
                described(KUBE_APISERVER, "etcd-certfile", external(EtcdTopology.External::certFile)),
                described(KUBE_APISERVER, "etcd-keyfile", external(EtcdTopology.External::keyFile)));
    }

    /// Extension API servers believe these headers from whoever shows this client certificate, under this name alone.
    private static List<Row> aggregation() {
        return List.of(
                open(KUBE_APISERVER, "proxy-client-cert-file", FRONT_PROXY_CLIENT),
                secret(KUBE_APISERVER, "proxy-client-key-file", FRONT_PROXY_CLIENT),
                open(KUBE_APISERVER, "requestheader-client-ca-file", FRONT_PROXY_CA),
                frontProxy("requestheader-allowed-names", "front-proxy-client"),
                frontProxy("requestheader-username-headers", "X-Remote-User"),
                frontProxy("requestheader-group-headers", "X-Remote-Group"),
                frontProxy("requestheader-extra-headers-prefix", "X-Remote-Extra-"));
    }

    private static List<Row> controllerManager() {
        Component manager = KUBE_CONTROLLER_MANAGER;
        return List.of(
                open(manager, "kubeconfig", CONTROLLER_MANAGER_CONF),
                open(manager, "authentication-kubeconfig", CONTROLLER_MANAGER_CONF),
                open(manager, "authorization-kubeconfig", CONTROLLER_MANAGER_CONF),
                open(manager, "client-ca-file", CA),
                open(manager, "root-ca-file", CA),
                new Row(manager, "cluster-signing-cert-file", new Value.Signing(CA, Part.OPEN)),
                new Row(manager, "cluster-signing-key-file", new Value.Signing(CA, Part.SECRET)),
                open(manager, "requestheader-client-ca-file", FRONT_PROXY_CA),
                secret(manager, "service-account-private-key-file", SA));
    }

    private static List<Row> others() {
        return List.of(
                open(KUBE_SCHEDULER, "kubeconfig", SCHEDULER_CONF),
                open(KUBE_SCHEDULER, "authentication-kubeconfig", SCHEDULER_CONF),
                open(KUBE_SCHEDULER, "authorization-kubeconfig", SCHEDULER_CONF),
                open(KUBELET, "kubeconfig", KUBELET_CONF),
                open(KUBELET, "client-ca-file", CA),
                open(KUBELET, "tls-cert-file", KUBELET_SERVER),
                secret(KUBELET, "tls-private-key-file", KUBELET_SERVER),
                open(KUBE_PROXY, "kubeconfig", KUBE_PROXY_CONF));
    }

    private static List<Row> etcd() {
        return List.of(
                open(ETCD, "trusted-ca-file", ETCD_CA),
                open(ETCD, "cert-file", ETCD_SERVER),
                secret(ETCD, "key-file", ETCD_SERVER),
                new Row(ETCD, "client-cert-auth", new Value.Literal(ETCD_SERVER, "true")),
                open(ETCD, "peer-trusted-ca-file", ETCD_CA),
                open(ETCD, "peer-cert-file", ETCD_PEER),
                secret(ETCD, "peer-key-file", ETCD_PEER),
                new Row(ETCD, "peer-client-cert-auth", new Value.Literal(ETCD_PEER, "true")),
                open(ETCDCTL, "cacert", ETCD_CA),
                open(ETCDCTL, "cert", ETCD_HEALTHCHECK_CLIENT),
                secret(ETCDCTL, "key", ETCD_HEALTHCHECK_CLIENT),
                described(ETCDCTL, "endpoints", external(etcd -> Optional.of(String.join(",", etcd.endpoints())))),
                described(ETCDCTL, "cacert", external(EtcdTopology.External::caFile)),
                described(ETCDCTL, "cert", external(EtcdTopology.External::certFile)),
                described(ETCDCTL, "key", external(EtcdTopology.External::keyFile)));
    }

    private static Row open(Component component, String flag, CertificateName name) {
        return new Row(component, flag, new Value.InSet(name, Part.OPEN, name));
    }

    private static Row secret(Component component, String flag, CertificateName name) {
        return new Row(component, flag, new Value.InSet(name, Part.SECRET, name));
    }

    private static Row frontProxy(String flag, String text) {
        return new Row(KUBE_APISERVER, flag, new Value.Literal(FRONT_PROXY_CLIENT, text));
    }

    private static Row described(Component component, String flag, Function<ClusterConfig, Optional<String>> text) {
        return new Row(component, flag, new Value.Described(text));
    }

    private static Function<ClusterConfig, Optional<String>> external(
            Function<EtcdTopology.External, Optional<String>> text) {
        return config ->
                config.etcd() instanceof EtcdTopology.External external ? text.apply(external) : Optional.empty();
    }

    /// A member beside the API server is reached without the network, as kubeadm has it.
    private static Optional<String> etcdServers(ClusterConfig config) {
        return switch (config.etcd()) {
            case EtcdTopology.Stacked() -> Optional.of(new HostPort("127.0.0.1", ETCD_PORT).httpsUrl());
            case EtcdTopology.External external -> Optional.of(String.join(",", external.endpoints()));
            case EtcdTopology.Members(List<ClusterNode> members) ->
                Optional.of(members.stream()
                        .map(member -> new HostPort(
                                member.advertiseAddress().map(IpAddress::text).orElse(member.name()), ETCD_PORT))
                        .map(HostPort::httpsUrl)
                        .collect(Collectors.joining(",")));
        };
    }
}
