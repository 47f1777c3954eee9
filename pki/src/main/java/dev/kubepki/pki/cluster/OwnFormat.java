package dev.kubepki.pki.cluster;

import dev.kubepki.pki.cluster.NodeReader.Kind;
import dev.kubepki.pki.cluster.Reading.Found;
import dev.kubepki.pki.document.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads kubepki's own description: `kind: ClusterPKI`.
final class OwnFormat {
    static final String API_VERSION = "kubepki.dev/v1alpha1";
    static final String KIND = "ClusterPKI";

    private final Reading reading;
    private final Fields root;

    OwnFormat(Reading reading, Fields root) {
        this.reading = reading;
        this.root = root;
    }

    Parsed read() {
        only("apiVersion", API_VERSION);
        only("kind", KIND);
        Optional<String> clusterName = root.parsed("clusterName", Texts::word);
        Optional<NamingStyle> style = Reading.choice(root, "style", List.of(NamingStyle.values()), NamingStyle::label);
        ApiEndpoint api = api();
        ClusterNetwork network = network();
        NodeReader nodes = new NodeReader(reading);
        List<ClusterNode> controlPlane = controlPlane(nodes);
        List<ClusterNode> workers = nodes.read(root, "workers", Kind.WORKER);
        EtcdTopology etcd = new EtcdReader(reading, nodes).own(root);
        OwnChoices choices = new OwnChoices(reading, root);
        Authorities authorities = choices.authorities(controlPlane, workers);
        OptionalParts parts = new OptionalParts(flag("frontProxy"), flag("kubeProxy"), flag("kubeletServer"));
        choices.certificates();
        Optional<String> certificatesDir = root.parsed("certificatesDir", Texts::absolutePath);
        root.refuseUnknown();
        if (controlPlane.isEmpty() || !reading.problems().isEmpty()) {
            return reading.invalid();
        }
        ClusterConfig config = new ClusterConfig(
                clusterName.orElse(ClusterConfig.DEFAULT_NAME),
                style.orElse(NamingStyle.DOCUMENTED),
                api,
                network,
                controlPlane,
                workers,
                etcd,
                choices.extraSans(),
                choices.keys(),
                choices.validity(),
                authorities,
                parts,
                certificatesDir);
        doubt(config, choices);
        return reading.valid(config);
    }

    private void only(String key, String value) {
        if (root.requiredString(key).filter(written -> !written.equals(value)).isPresent()) {
            root.problem(key, "must be " + value);
        }
    }

    private boolean flag(String key) {
        return root.bool(key).orElse(true);
    }

    private ApiEndpoint api() {
        int port = Reading.port(root, "apiServerPort").orElse(ApiEndpoint.DEFAULT_PORT);
        Optional<HostPort> endpoint = root.parsed("controlPlaneEndpoint", Texts::endpoint)
                .map(written -> new HostPort(written.host(), written.port().orElse(port)));
        return new ApiEndpoint(endpoint, reading.sans(root, "loadBalancerNames"), port);
    }

    private ClusterNetwork network() {
        Optional<Fields> fields = root.fields("networking");
        if (fields.isEmpty()) {
            return ClusterNetwork.DEFAULT;
        }
        List<Found<String>> written = reading.values(fields.get(), "serviceSubnets", text -> text);
        List<Cidr> subnets = ServiceSubnets.read(reading, written);
        Optional<String> domain = fields.get().parsed("dnsDomain", Texts::dnsName);
        if (fields.get().has("serviceSubnets") && written.isEmpty()) {
            fields.get().problem("serviceSubnets", "is empty; write one range, or remove the line for 10.96.0.0/12");
        }
        fields.get().refuseUnknown();
        boolean usable = subnets.size() == 1 || subnets.size() == 2;
        return new ClusterNetwork(
                usable ? subnets : ClusterNetwork.DEFAULT.serviceSubnets(),
                domain.orElse(ClusterNetwork.DEFAULT.dnsDomain()));
    }

    private List<ClusterNode> controlPlane(NodeReader nodes) {
        if (!root.has("controlPlaneNodes")) {
            Host host = reading.thisHost(root.line(), "controlPlaneNodes");
            return List.of(new ClusterNode(host.name(), host.addresses()));
        }
        List<ClusterNode> read = nodes.read(root, "controlPlaneNodes", Kind.CONTROL_PLANE);
        if (root.items("controlPlaneNodes").isEmpty()) {
            root.problem(
                    "controlPlaneNodes", "lists no node; write at least one, or remove the line to mean this host");
        }
        return read;
    }

    private void doubt(ClusterConfig config, OwnChoices choices) {
        for (Doubts.Doubt doubt : Doubts.about(config)) {
            List<String> path = doubt.topic().equals("serviceSubnets")
                    ? List.of("networking", "serviceSubnets")
                    : List.of(doubt.topic());
            reading.warn(lineOf(path), String.join(".", path), doubt.message());
        }
        List<Found<CertificateName>> named = new ArrayList<>(choices.named());
        for (Found<CertificateName> name : named) {
            Doubts.absence(config, name.value())
                    .ifPresent(reason -> reading.warn(name, "is not made in this cluster: " + reason));
        }
    }

    private int lineOf(List<String> path) {
        Fields fields = root;
        for (String key : path.subList(0, path.size() - 1)) {
            Optional<Fields> below = fields.fields(key);
            if (below.isEmpty()) {
                return Reading.lineOf(fields, key);
            }
            fields = below.get();
        }
        return Reading.lineOf(fields, path.getLast());
    }
}
