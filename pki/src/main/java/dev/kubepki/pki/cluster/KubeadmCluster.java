package dev.kubepki.pki.cluster;

import dev.kubepki.pki.cluster.KubeadmFields.Flag;
import dev.kubepki.pki.cluster.KubeadmFormat.Version;
import dev.kubepki.pki.cluster.Reading.Found;
import dev.kubepki.pki.document.Fields;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.key.KeyAlgorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads a ClusterConfiguration.
final class KubeadmCluster {
    /// What kubeadm's encryptionAlgorithm may be.
    private static final Set<KeyAlgorithm> ALGORITHMS = Set.of(
            KeyAlgorithm.RSA_2048,
            KeyAlgorithm.RSA_3072,
            KeyAlgorithm.RSA_4096,
            KeyAlgorithm.ECDSA_P256,
            KeyAlgorithm.ECDSA_P384);

    /// Where a doubt's topic stands in kubeadm's format.
    private static final Map<String, List<String>> PLACES = Map.of(
            "caValidity", List.of("caCertificateValidityPeriod"),
            "keyAlgorithm", List.of("encryptionAlgorithm"),
            "controlPlaneEndpoint", List.of("controlPlaneEndpoint"),
            "serviceSubnets", List.of("networking", "serviceSubnet"));

    private final Reading reading;
    private final Fields root;
    private final KubeadmFields kubeadm;
    private final Optional<String> clusterName;
    private final Optional<Texts.Endpoint> endpoint;
    private final ClusterNetwork network;
    private final EtcdTopology etcd;
    private final Optional<String> certificatesDir;
    private final KeyAlgorithm algorithm;
    private final ValidityChoice validity;
    private final Map<CertificateName, List<String>> sans = new EnumMap<>(CertificateName.class);
    private final List<Flag> flags = new ArrayList<>();

    KubeadmCluster(Reading reading, Fields root, Version version) {
        this.reading = reading;
        this.root = root;
        this.kubeadm = new KubeadmFields(reading, version);
        kubeadm.ignore(root, "kubernetesVersion", "imageRepository", "dns");
        kubeadm.ignoreIn(Version.V1BETA4, root, "proxy");
        this.clusterName = KubeadmFields.value(root, "clusterName", Texts::word);
        this.endpoint = KubeadmFields.value(root, "controlPlaneEndpoint", Texts::endpoint);
        this.certificatesDir = KubeadmFields.value(root, "certificatesDir", Texts::absolutePath);
        this.network = root.fields("networking").map(this::network).orElse(ClusterNetwork.DEFAULT);
        root.fields("apiServer").ifPresent(this::apiServer);
        root.fields("controllerManager").ifPresent(this::component);
        root.fields("scheduler").ifPresent(this::component);
        this.etcd = root.fields("etcd").map(this::etcd).orElseGet(EtcdTopology.Stacked::new);
        this.algorithm = algorithm();
        this.validity = new ValidityChoice(
                period("certificateValidityPeriod").orElse(ValidityChoice.DEFAULT.leaf()),
                period("caCertificateValidityPeriod").orElse(ValidityChoice.DEFAULT.authority()),
                Map.of());
        root.refuseUnknown();
    }

    /// A ClusterConfiguration that isn't there.
    static KubeadmCluster none(Reading reading) {
        return new KubeadmCluster(reading, Fields.of(Mapping.of(), "", reading.problems()), Version.V1BETA4);
    }

    /// The description as a whole. kubeadm makes neither kube-proxy.conf nor serving certificates for kubelets.
    ClusterConfig config(KubeadmInit init) {
        ClusterNode node = init.node();
        Optional<HostPort> stable = endpoint.map(
                written -> new HostPort(written.host(), written.port().orElse(init.port())));
        ClusterConfig config = new ClusterConfig(
                clusterName.orElse(ClusterConfig.DEFAULT_NAME),
                NamingStyle.KUBEADM,
                new ApiEndpoint(stable, List.of(), init.port()),
                network,
                List.of(node),
                List.of(),
                etcd,
                sans,
                new KeyChoice(algorithm, Map.of()),
                validity,
                Authorities.DEFAULT,
                new OptionalParts(true, false, false),
                certificatesDir);
        KubeadmFlags.judge(
                reading,
                flags,
                Map.of(
                        "service-cluster-ip-range", subnets(),
                        "advertise-address", node.addresses().getFirst().text(),
                        "secure-port", Integer.toString(init.port())));
        return config;
    }

    private String subnets() {
        return String.join(
                ",", network.serviceSubnets().stream().map(Cidr::toString).toList());
    }

    void doubt(Doubts.Doubt doubt) {
        List<String> path = PLACES.getOrDefault(doubt.topic(), List.of(doubt.topic()));
        Optional<Fields> below = path.size() > 1 ? root.fields(path.getFirst()) : Optional.of(root);
        int line = Reading.lineOf(below.orElse(root), path.getLast());
        reading.warn(line, String.join(".", path), doubt.message());
    }

    private ClusterNetwork network(Fields fields) {
        kubeadm.ignore(fields, "podSubnet");
        List<Found<String>> written = new ArrayList<>();
        KubeadmFields.value(fields, "serviceSubnet", text -> text).ifPresent(text -> {
            for (String part : text.split(",", -1)) {
                written.add(new Found<>(part, Reading.lineOf(fields, "serviceSubnet"), fields.path("serviceSubnet")));
            }
        });
        List<Cidr> subnets = ServiceSubnets.read(reading, written);
        Optional<String> domain = KubeadmFields.value(fields, "dnsDomain", Texts::dnsName);
        fields.refuseUnknown();
        boolean usable = subnets.size() == 1 || subnets.size() == 2;
        return new ClusterNetwork(
                usable ? subnets : ClusterNetwork.DEFAULT.serviceSubnets(),
                domain.orElse(ClusterNetwork.DEFAULT.dnsDomain()));
    }

    private void apiServer(Fields fields) {
        addSans(CertificateName.APISERVER, fields, "certSANs");
        kubeadm.ignoreIn(Version.V1BETA3, fields, "timeoutForControlPlane");
        component(fields);
    }

    private void addSans(CertificateName name, Fields fields, String key) {
        List<String> extra = reading.sans(fields, key);
        if (!extra.isEmpty()) {
            sans.put(name, extra);
        }
    }

    private void component(Fields fields) {
        flags.addAll(kubeadm.flags(fields, "extraArgs"));
        kubeadm.ignore(fields, "extraVolumes");
        kubeadm.ignoreIn(Version.V1BETA4, fields, "extraEnvs");
        fields.refuseUnknown();
    }

    private EtcdTopology etcd(Fields fields) {
        Optional<Fields> local = fields.fields("local");
        Optional<Fields> external = fields.fields("external");
        if (local.isPresent() && external.isPresent()) {
            fields.problem("external", "contradicts local; kubeadm takes one of the two");
        }
        local.ifPresent(here -> {
            addSans(CertificateName.ETCD_SERVER, here, "serverCertSANs");
            addSans(CertificateName.ETCD_PEER, here, "peerCertSANs");
            kubeadm.ignore(here, "imageRepository", "imageTag", "dataDir");
            flags.addAll(kubeadm.flags(here, "extraArgs"));
            kubeadm.ignoreIn(Version.V1BETA4, here, "extraEnvs");
            here.refuseUnknown();
        });
        fields.refuseUnknown();
        if (external.isEmpty()) {
            return new EtcdTopology.Stacked();
        }
        EtcdTopology outside = new EtcdReader(reading, new NodeReader(reading)).external(external.get());
        kubeadm.ignoreIn(Version.V1BETA4, external.get(), "httpEndpoints");
        external.get().refuseUnknown();
        return outside;
    }

    /// The gate is older than the field and wins over it.
    private KeyAlgorithm algorithm() {
        Optional<KeyAlgorithm> written = kubeadm.isHere(Version.V1BETA4, root, "encryptionAlgorithm")
                ? KubeadmFields.value(root, "encryptionAlgorithm", KubeadmCluster::kubeadmAlgorithm)
                : Optional.empty();
        Optional<Fields> gates = root.fields("featureGates");
        Optional<Boolean> ecdsa = gates.flatMap(fields -> fields.bool("PublicKeysECDSA"));
        gates.ifPresent(fields -> {
            for (Mapping.Entry gate : fields.unknown()) {
                kubeadm.ignore(fields, gate.key());
            }
        });
        if (ecdsa.isPresent() && written.isPresent()) {
            reading.warn(root, "encryptionAlgorithm", "has no effect beside featureGates.PublicKeysECDSA");
        }
        return ecdsa.map(on -> on ? KeyAlgorithm.ECDSA_P256 : KeyAlgorithm.RSA_2048)
                .or(() -> written)
                .orElse(KeyAlgorithm.RSA_2048);
    }

    private static KeyAlgorithm kubeadmAlgorithm(String text) {
        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            if (ALGORITHMS.contains(algorithm) && algorithm.label().equals(text)) {
                return algorithm;
            }
        }
        Texts.refuseEmptyOrPlaceholder(text, "RSA-2048");
        throw new IllegalArgumentException("'" + Texts.shown(text) + "' is not one of kubeadm's algorithms: "
                + Words.any(
                        ALGORITHMS.stream().map(KeyAlgorithm::label).sorted().toList()));
    }

    private Optional<Duration> period(String key) {
        return kubeadm.isHere(Version.V1BETA4, root, key)
                ? KubeadmFields.value(root, key, Lifetimes::go)
                : Optional.empty();
    }
}
