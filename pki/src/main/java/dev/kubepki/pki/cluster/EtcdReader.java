package dev.kubepki.pki.cluster;

import dev.kubepki.pki.cluster.NodeReader.Kind;
import dev.kubepki.pki.cluster.Reading.Found;
import dev.kubepki.pki.document.Fields;
import java.util.List;
import java.util.Optional;

/// Reads where etcd runs.
final class EtcdReader {
    private final Reading reading;
    private final NodeReader nodes;

    EtcdReader(Reading reading, NodeReader nodes) {
        this.reading = reading;
        this.nodes = nodes;
    }

    EtcdTopology own(Fields root) {
        Optional<Fields> etcd = root.fields("etcd");
        if (etcd.isEmpty()) {
            return new EtcdTopology.Stacked();
        }
        List<ClusterNode> members = nodes.read(etcd.get(), "members", Kind.ETCD_MEMBER);
        Optional<Fields> external = etcd.get().fields("external");
        if (etcd.get().has("members") && external.isPresent()) {
            etcd.get().problem("external", "contradicts members; write where etcd runs in one of the two");
        }
        Optional<EtcdTopology.External> outside = external.map(this::external);
        external.ifPresent(Fields::refuseUnknown);
        etcd.get().refuseUnknown();
        if (outside.isPresent()) {
            return outside.get();
        }
        return members.isEmpty() ? new EtcdTopology.Stacked() : new EtcdTopology.Members(members);
    }

    /// The fields that kubepki and kubeadm share.
    EtcdTopology.External external(Fields fields) {
        List<Found<String>> endpoints = reading.values(fields, "endpoints", Texts::etcdUrl);
        if (!fields.has("endpoints") || fields.items("endpoints").isEmpty()) {
            fields.problem("endpoints", "is missing; write the URLs of etcd's members");
        }
        endpoints.stream()
                .filter(url -> url.value().startsWith("http:"))
                .forEach(url ->
                        reading.warn(url, "'" + url.value() + "' is not encrypted, nor does it ask who is there"));
        Optional<String> certFile = path(fields, "certFile");
        Optional<String> keyFile = path(fields, "keyFile");
        if (fields.has("certFile") != fields.has("keyFile")) {
            fields.problem(
                    fields.has("certFile") ? "keyFile" : "certFile", "is missing; certificate and key go together");
        }
        return new EtcdTopology.External(
                endpoints.stream().map(Found::value).toList(), path(fields, "caFile"), certFile, keyFile);
    }

    /// kubeadm's own printed defaults leave paths empty.
    private static Optional<String> path(Fields fields, String key) {
        return fields.string(key).filter(text -> !text.isEmpty()).flatMap(_ -> fields.parsed(key, Texts::absolutePath));
    }
}
