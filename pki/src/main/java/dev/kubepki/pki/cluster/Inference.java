package dev.kubepki.pki.cluster;

import dev.kubepki.pki.cluster.FoundFile.Content;
import dev.kubepki.pki.key.KeyAlgorithm;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.SubjectAltName;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The description of one control-plane node's set that somebody else made, concluded from its files: what kubeadm, or
/// a
/// person by hand, must have had in mind.
public final class Inference {
    private static final String SERVICE = "kubernetes.default.svc.";

    private final FoundSet found;
    private final Optional<Certificate> ca;
    private final List<Certificate> apiServer;
    private final List<Certificate> etcd;

    private Inference(FoundSet found) {
        this.found = found;
        this.ca = leaf(CertificateName.CA);
        this.apiServer = leaf(CertificateName.APISERVER).stream().toList();
        this.etcd = leaf(CertificateName.ETCD_SERVER).stream().toList();
    }

    /// Concludes; empty where the folder does not even have a cluster's CA.
    public static Optional<ClusterConfig> of(FoundSet found) {
        Inference inference = new Inference(found);
        return inference.ca.isEmpty() ? Optional.empty() : Optional.of(inference.config());
    }

    private ClusterConfig config() {
        String node = nodeName();
        List<IpAddress> addresses = nodeAddresses();
        ClusterConfig config = ClusterConfig.forHost(node, addresses)
                .withStyle(style())
                .withKeys(new KeyChoice(algorithm(), Map.of()))
                .withParts(new OptionalParts(
                        has(CertificateName.FRONT_PROXY_CA),
                        has(CertificateName.KUBE_PROXY_CONF),
                        has(CertificateName.KUBELET_SERVER)))
                .withEtcd(etcdTopology())
                .withAuthorities(authorities())
                .withNetwork(network(addresses));
        ClusterConfig reached = config.withApi(new ApiEndpoint(endpoint(addresses), List.of(), port()));
        return reached.withExtraSans(extraSans(reached));
    }

    /// kubeadm calls its CA `kubernetes`, the documentation `kubernetes-ca`.
    private NamingStyle style() {
        boolean kubeadm = ca.orElseThrow()
                .subject()
                .commonName()
                .filter("kubernetes"::equals)
                .isPresent();
        return kubeadm ? NamingStyle.KUBEADM : NamingStyle.DOCUMENTED;
    }

    private KeyAlgorithm algorithm() {
        Optional<Certificate> witness = apiServer.stream().findFirst().or(() -> ca);
        return witness.flatMap(KeyChecks::publicKey).flatMap(KeyAlgorithm::of).orElse(KeyAlgorithm.RSA_2048);
    }

    private String nodeName() {
        Optional<String> kubelet = leaf(CertificateName.KUBELET_CONF)
                .flatMap(c -> c.subject().commonName())
                .filter(cn -> cn.regionMatches(true, 0, "system:node:", 0, 12))
                .map(cn -> cn.substring(12).toLowerCase(java.util.Locale.ROOT));
        return kubelet.or(() -> dnsNames(etcd).stream()
                        .filter(n -> !n.equals("localhost"))
                        .findFirst())
                .or(() ->
                        dnsNames(apiServer).stream().filter(n -> !isService(n)).findFirst())
                .orElse("localhost");
    }

    private static boolean isService(String name) {
        return name.equals("kubernetes") || name.startsWith("kubernetes.default") || name.equals("localhost");
    }

    /// etcd's certificate has the node's own addresses and no service's.
    private List<IpAddress> nodeAddresses() {
        List<IpAddress> addresses = new ArrayList<>();
        for (IpAddress address : addresses(etcd)) {
            if (!address.isLoopback()) {
                addresses.add(address);
            }
        }
        if (addresses.isEmpty()) {
            Optional<IpAddress> service = serviceAddress(List.of());
            addresses(apiServer).stream()
                    .filter(a -> !a.isLoopback() && !service.equals(Optional.of(a)))
                    .findFirst()
                    .ifPresent(addresses::add);
        }
        return addresses.isEmpty() ? List.of(IpAddress.LOOPBACK) : addresses;
    }

    /// The service `kubernetes` has the first address of a range, so its last bits are a one.
    private Optional<IpAddress> serviceAddress(List<IpAddress> nodes) {
        return addresses(apiServer).stream()
                .filter(a -> !nodes.contains(a) && !a.isLoopback())
                .filter(a -> a.bytes()[a.bytes().length - 1] == 1)
                .findFirst();
    }

    private ClusterNetwork network(List<IpAddress> nodes) {
        String domain = dnsNames(apiServer).stream()
                .filter(n -> n.startsWith(SERVICE) && !n.equals(SERVICE + "cluster"))
                .map(n -> n.substring(SERVICE.length()))
                .findFirst()
                .orElse(ClusterNetwork.DEFAULT.dnsDomain());
        List<Cidr> subnets = serviceAddress(nodes)
                .map(a -> List.of(new Cidr(a, a.isV6() ? 112 : 24)))
                .filter(list ->
                        list.getFirst().first().equals(serviceAddress(nodes).orElseThrow()))
                .orElse(ClusterNetwork.DEFAULT.serviceSubnets());
        boolean usual = ClusterNetwork.DEFAULT
                .kubernetesServiceAddress()
                .equals(subnets.getFirst().first());
        return new ClusterNetwork(usual ? ClusterNetwork.DEFAULT.serviceSubnets() : subnets, domain);
    }

    private Optional<HostPort> endpoint(List<IpAddress> nodes) {
        Optional<URI> server = adminServer();
        if (server.isEmpty()) {
            return Optional.empty();
        }
        String host = server.get().getHost().replace("[", "").replace("]", "");
        boolean own = nodes.stream().anyMatch(a -> a.text().equals(host));
        return own ? Optional.empty() : Optional.of(new HostPort(host, port()));
    }

    private int port() {
        return adminServer().map(URI::getPort).filter(p -> p > 0).orElse(ApiEndpoint.DEFAULT_PORT);
    }

    private Optional<URI> adminServer() {
        if (!(found.file("admin.conf").content() instanceof Content.Kubeconfig(FoundFile.FoundKubeconfig config))) {
            return Optional.empty();
        }
        try {
            return Optional.of(URI.create(config.server())).filter(u -> u.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private EtcdTopology etcdTopology() {
        boolean own = has(CertificateName.ETCD_CA) || has(CertificateName.ETCD_SERVER);
        return own
                ? new EtcdTopology.Stacked()
                : new EtcdTopology.External(List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// A CA whose key is not here is somebody else's to use.
    private Authorities authorities() {
        Set<CertificateName> external = new HashSet<>();
        for (CertificateName name :
                List.of(CertificateName.CA, CertificateName.ETCD_CA, CertificateName.FRONT_PROXY_CA)) {
            Output output = Catalogue.row(name).output();
            boolean here = !found.file(output.paths().getFirst()).isMissing();
            if (here && found.file(output.paths().getLast()).isMissing()) {
                external.add(name);
            }
        }
        boolean rooted =
                leaf(CertificateName.ROOT).isPresent() && !ca.orElseThrow().isSelfIssued();
        return new Authorities(rooted ? CaModel.SINGLE_ROOT : CaModel.SEPARATE, external, Set.of());
    }

    /// Names that the description would not give by itself; a renewal must not lose them.
    private Map<CertificateName, List<String>> extraSans(ClusterConfig config) {
        Map<CertificateName, List<String>> extra = new EnumMap<>(CertificateName.class);
        DesiredSet.of(config)
                .items()
                .filter(item -> !item.subjectAltNames().isEmpty())
                .forEach(item -> {
                    Set<String> surplus = new LinkedHashSet<>();
                    for (SubjectAltName name :
                            leaf(item.name()).map(Certificate::subjectAltNames).orElse(List.of())) {
                        if (!item.subjectAltNames().contains(name)) {
                            switch (name) {
                                case SubjectAltName.Dns(String dns) -> surplus.add(dns);
                                case SubjectAltName.Ip(String address) -> surplus.add(address);
                                default -> {}
                            }
                        }
                    }
                    if (!surplus.isEmpty()) {
                        extra.put(item.name(), List.copyOf(surplus));
                    }
                });
        return extra;
    }

    private boolean has(CertificateName name) {
        return !found.file(Catalogue.row(name).output().paths().getFirst()).isMissing();
    }

    private Optional<Certificate> leaf(CertificateName name) {
        return switch (found.file(Catalogue.row(name).output().paths().getFirst())
                .content()) {
            case Content.Certificates(List<Certificate> chain) -> chain.stream().findFirst();
            case Content.Kubeconfig(FoundFile.FoundKubeconfig config) ->
                config.chain().stream().findFirst();
            default -> Optional.empty();
        };
    }

    private static List<String> dnsNames(List<Certificate> certificates) {
        return certificates.stream()
                .flatMap(c -> c.subjectAltNames().stream())
                .<String>mapMulti((name, sink) -> {
                    if (name instanceof SubjectAltName.Dns(String dns)) {
                        sink.accept(dns);
                    }
                })
                .toList();
    }

    private static List<IpAddress> addresses(List<Certificate> certificates) {
        return certificates.stream()
                .flatMap(c -> c.subjectAltNames().stream())
                .<IpAddress>mapMulti((name, sink) -> {
                    if (name instanceof SubjectAltName.Ip(String address)) {
                        sink.accept(new IpAddress(address));
                    }
                })
                .toList();
    }
}
