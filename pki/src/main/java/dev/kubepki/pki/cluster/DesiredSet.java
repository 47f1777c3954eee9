package dev.kubepki.pki.cluster;

import dev.kubepki.pki.issue.CertificateProfile;
import dev.kubepki.pki.x509.BasicConstraints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a description asks for: the catalogue's rows, spread over the cluster's nodes.
public final class DesiredSet {
    /// Where the folders of nodes stand, when there are several.
    public static final String NODES = "nodes/";

    private final ClusterConfig config;
    // Two threads that ask at once get equal lists.
    private volatile @Nullable List<Item> items;

    private DesiredSet(ClusterConfig config) {
        this.config = config;
    }

    /// The set of a description.
    public static DesiredSet of(ClusterConfig config) {
        return new DesiredSet(config);
    }

    /// The description.
    public ClusterConfig config() {
        return config;
    }

    /// The authorities, each after the one that signs it.
    public List<Item> authorities() {
        return items().filter(Item::isAuthority).toList();
    }

    /// The authority of a name, where the description has it.
    public Optional<Item> authority(CertificateName name) {
        return items().filter(item -> item.name() == name).findFirst();
    }

    /// Every item: authorities first, then the rest of the cluster's, then node by node. Those of a large set are
    /// computed as they are read, so that thousands of workers cost no memory.
    public Stream<Item> items() {
        if (isLarge()) {
            return computed();
        }
        List<Item> known = items;
        if (known == null) {
            known = computed().toList();
            items = known;
        }
        return known.stream();
    }

    private Stream<Item> computed() {
        Stream<Item> cluster = rows().filter(r -> r.placement() == Catalogue.Placement.CLUSTER)
                .map(r -> item(r, Optional.empty(), ""));
        return Stream.concat(cluster, hosts().flatMap(this::items));
    }

    /// The items of control-plane nodes.
    Stream<Item> controlPlaneItems() {
        return hosts().filter(Place::controlPlane).flatMap(this::items);
    }

    private Stream<Item> items(Place host) {
        return rows().filter(r -> isOn(r, host)).map(r -> item(r, Optional.of(host.node()), host.folder()));
    }

    /// Whether there are so many items that their signatures are a load.
    public boolean isLarge() {
        return config.nodes().size() > 8;
    }

    /// How many items there are.
    public int size() {
        return Math.toIntExact(items().count());
    }

    /// What it takes to judge the set, counted as the choice of a crypto provider counts: of each key a signature
    /// made and checked, of each certificate one checked. One of RSA is checked in a tenth of the others' time,
    /// and RSA keys prove themselves without any.
    public int checks() {
        int rsa =
                Math.toIntExact(items().filter(item -> item.algorithm().isRsa()).count());
        return rsa / 10 + 3 * (size() - rsa);
    }

    /// The shared files that each node's folder receives.
    public Stream<SharedCopy> copies() {
        return config.isSingleNode() ? Stream.empty() : hosts().flatMap(host -> copies(host).stream());
    }

    private List<SharedCopy> copies(Place host) {
        List<String> files = new ArrayList<>();
        boolean keys = config.authorities().keysOn().contains(host.node().name());
        if (host.controlPlane() || host.worker()) {
            addAuthority(files, CertificateName.CA, keys && host.controlPlane());
        }
        if (host.controlPlane()) {
            files.addAll(Catalogue.row(CertificateName.SA).output().paths());
            addAuthority(files, CertificateName.FRONT_PROXY_CA, keys);
        }
        if (host.controlPlane() || host.etcd()) {
            addAuthority(files, CertificateName.ETCD_CA, keys && host.etcd());
        }
        if (host.controlPlane()) {
            files.add("admin.conf");
        }
        return files.stream().map(f -> new SharedCopy(f, host.folder() + f)).toList();
    }

    private void addAuthority(List<String> files, CertificateName name, boolean withKey) {
        authority(name).ifPresent(item -> {
            Output.Pair pair = (Output.Pair) item.output();
            files.add(pair.certificate());
            if (withKey && !config.authorities().isExternal(name)) {
                files.add(pair.key());
            }
        });
    }

    /// Whether the description asks for this member at all.
    public boolean wants(CertificateName name) {
        return wanted().test(Catalogue.row(name));
    }

    private Stream<Catalogue.Row> rows() {
        return Catalogue.ROWS.stream().filter(wanted());
    }

    /// What the description leaves out.
    private Predicate<Catalogue.Row> wanted() {
        OptionalParts parts = config.parts();
        boolean external = config.etcd() instanceof EtcdTopology.External;
        return row -> switch (row.name()) {
            case ROOT -> config.authorities().model() == CaModel.SINGLE_ROOT;
            case ETCD_CA, ETCD_SERVER, ETCD_PEER, ETCD_HEALTHCHECK_CLIENT -> !external;
            case APISERVER_ETCD_CLIENT -> !external;
            case FRONT_PROXY_CA, FRONT_PROXY_CLIENT -> parts.frontProxy();
            case KUBE_PROXY_CONF -> parts.kubeProxy();
            case KUBELET_SERVER -> parts.kubeletServer();
            case SUPER_ADMIN_CONF -> config.style() == NamingStyle.KUBEADM;
            default -> true;
        };
    }

    /// One host with what it is.
    private record Place(ClusterNode node, String folder, boolean controlPlane, boolean worker, boolean etcd) {}

    private Stream<Place> hosts() {
        Map<String, ClusterNode> etcd = new LinkedHashMap<>();
        config.etcdMembers().forEach(member -> etcd.put(member.name(), member));
        Stream<Place> control = config.controlPlaneNodes().stream()
                .map(node -> new Place(node, folder(node), true, false, etcd.containsKey(node.name())));
        Stream<Place> workers = config.workers().stream()
                .map(node -> new Place(node, folder(node), false, true, etcd.containsKey(node.name())));
        Stream<Place> members = etcd.values().stream()
                .filter(member ->
                        config.nodes().stream().noneMatch(node -> node.name().equals(member.name())))
                .map(member -> new Place(member, folder(member), false, false, true));
        return Stream.of(control, workers, members).flatMap(s -> s);
    }

    /// The folder of a node, ending in `/`; empty where the whole cluster is one.
    public String folder(ClusterNode node) {
        return config.isSingleNode() ? "" : NODES + node.name() + "/";
    }

    private static boolean isOn(Catalogue.Row row, Place host) {
        return switch (row.placement()) {
            case CLUSTER -> false;
            case CONTROL_PLANE -> host.controlPlane();
            case ETCD -> host.etcd();
            case NODE -> host.controlPlane() || host.worker();
        };
    }

    private Item item(Catalogue.Row row, Optional<ClusterNode> node, String folder) {
        ClusterNode host = node.orElse(config.controlPlaneNodes().getFirst());
        List<String> hosts = new ArrayList<>(row.hosts().hosts(config, host));
        if (!hosts.isEmpty()) {
            hosts.addAll(config.extraSansOf(row.name()));
        }
        return new Item(
                row.name(),
                folder,
                node,
                row.output().in(folder),
                row.issuer(config),
                row.identity().subject(config.style(), host.name()),
                Hosts.names(hosts),
                profile(row),
                config.keys().of(row.name()),
                row.output() instanceof Output.Config
                        ? Optional.of(KubeconfigRules.names(config, row, node))
                        : Optional.empty());
    }

    private CertificateProfile profile(Catalogue.Row row) {
        Duration lifetime = config.validity().of(row.name());
        return switch (row.role()) {
            case AUTHORITY -> CertificateProfile.authority(constraints(row), lifetime);
            case SERVER -> CertificateProfile.server(lifetime);
            case CLIENT, KEY_PAIR -> CertificateProfile.client(lifetime);
            case SERVER_AND_CLIENT -> CertificateProfile.serverAndClient(lifetime);
        };
    }

    /// A CA under the root signs leaves alone; that limit keeps a stolen one from making CAs.
    private BasicConstraints constraints(Catalogue.Row row) {
        return row.issuer(config).isPresent()
                ? new BasicConstraints(true, OptionalInt.of(0))
                : BasicConstraints.AUTHORITY;
    }
}
