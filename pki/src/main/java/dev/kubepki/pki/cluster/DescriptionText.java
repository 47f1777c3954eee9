package dev.kubepki.pki.cluster;

import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Scalar;
import dev.kubepki.pki.document.Sequence;
import dev.kubepki.pki.document.YamlWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A description as text, complete: nothing in it depends on the host that reads it, or on defaults that may change.
public final class DescriptionText {
    private static final String HEAD = """
            # The description of this cluster. kubepki reads it at each command on this folder;
            # change it, then run 'kubepki init' or 'kubepki renew'.
            """;

    private DescriptionText() {}

    /// The text, which [ClusterDescription#parse] reads back as the same description.
    public static String of(ClusterConfig config) {
        Mapping root = Mapping.of("apiVersion", OwnFormat.API_VERSION)
                .with("kind", OwnFormat.KIND)
                .with("clusterName", config.clusterName())
                .with("style", config.style().label());
        if (config.api().controlPlaneEndpoint().isPresent()) {
            root = root.with(
                    "controlPlaneEndpoint",
                    config.api().controlPlaneEndpoint().get().toString());
        }
        root = withList(root, "loadBalancerNames", config.api().loadBalancerNames())
                .with("apiServerPort", config.api().port())
                .with("networking", networking(config.network()))
                .with("controlPlaneNodes", nodes(config.controlPlaneNodes()));
        if (!config.workers().isEmpty()) {
            root = root.with("workers", nodes(config.workers()));
        }
        root = withEtcd(root, config.etcd())
                .with("keyAlgorithm", config.keys().overall().label())
                .with("validity", duration(config.validity().leaf()))
                .with("caValidity", duration(config.validity().authority()));
        Mapping certificates = certificates(config);
        if (!certificates.keys().isEmpty()) {
            root = root.with("certificates", certificates);
        }
        root = root.with("authorities", authorities(config.authorities()))
                .with("frontProxy", config.parts().frontProxy())
                .with("kubeProxy", config.parts().kubeProxy())
                .with("kubeletServer", config.parts().kubeletServer());
        if (config.certificatesDir().isPresent()) {
            root = root.with("certificatesDir", config.certificatesDir().get());
        }
        return HEAD + YamlWriter.inOrder().write(root);
    }

    private static Mapping networking(ClusterNetwork network) {
        List<String> subnets =
                network.serviceSubnets().stream().map(Cidr::toString).toList();
        return Mapping.of("serviceSubnets", Sequence.ofStrings(subnets)).with("dnsDomain", network.dnsDomain());
    }

    private static Sequence nodes(List<ClusterNode> nodes) {
        return Sequence.of(nodes.stream().<Node>map(DescriptionText::node).toList());
    }

    private static Mapping node(ClusterNode node) {
        Mapping mapping = Mapping.of("name", node.name());
        mapping = withList(
                mapping,
                "addresses",
                node.addresses().stream().map(IpAddress::text).toList());
        return withList(mapping, "dnsNames", node.dnsNames());
    }

    private static Mapping withEtcd(Mapping root, EtcdTopology etcd) {
        return switch (etcd) {
            case EtcdTopology.Stacked() -> root;
            case EtcdTopology.Members(List<ClusterNode> members) ->
                root.with("etcd", Mapping.of("members", nodes(members)));
            case EtcdTopology.External external ->
                root.with(
                        "etcd",
                        Mapping.of(
                                "external",
                                Mapping.of("endpoints", Sequence.ofStrings(external.endpoints()))
                                        .withOptional("caFile", external.caFile())
                                        .withOptional("certFile", external.certFile())
                                        .withOptional("keyFile", external.keyFile())));
        };
    }

    private static Mapping certificates(ClusterConfig config) {
        Map<CertificateName, Mapping> byName = new TreeMap<>();
        config.extraSans()
                .forEach((name, sans) ->
                        byName.merge(name, Mapping.of("extraSans", Sequence.ofStrings(sans)), DescriptionText::both));
        config.keys()
                .byName()
                .forEach((name, algorithm) ->
                        byName.merge(name, Mapping.of("keyAlgorithm", algorithm.label()), DescriptionText::both));
        config.validity()
                .byName()
                .forEach((name, lifetime) ->
                        byName.merge(name, Mapping.of("validity", duration(lifetime)), DescriptionText::both));
        Mapping certificates = Mapping.of();
        for (Map.Entry<CertificateName, Mapping> entry : byName.entrySet()) {
            certificates = certificates.with(entry.getKey().label(), entry.getValue());
        }
        return certificates;
    }

    private static Mapping both(Mapping first, Mapping second) {
        Mapping both = first;
        for (Mapping.Entry entry : second.entries()) {
            both = both.with(entry.key(), entry.value());
        }
        return both;
    }

    private static Mapping authorities(Authorities authorities) {
        Mapping mapping = Mapping.of("model", authorities.model().label());
        mapping = withList(
                mapping,
                "external",
                authorities.external().stream()
                        .sorted()
                        .map(CertificateName::label)
                        .toList());
        return withList(
                mapping, "keysOn", authorities.keysOn().stream().sorted().toList());
    }

    private static Mapping withList(Mapping mapping, String key, Collection<String> values) {
        return values.isEmpty()
                ? mapping
                : mapping.with(
                        key, Sequence.of(values.stream().<Node>map(Scalar::of).toList()));
    }

    /// Go's form, whose largest unit is the hour.
    private static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds + "s";
    }
}
