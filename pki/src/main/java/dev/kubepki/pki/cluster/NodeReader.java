package dev.kubepki.pki.cluster;

import dev.kubepki.pki.cluster.Reading.Found;
import dev.kubepki.pki.document.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads the nodes of a description and sees that none is there twice.
final class NodeReader {
    /// User names of kubelets are common names, which end at 64 characters (RFC 5280, appendix A.1, ub-common-name).
    private static final int LONGEST_NAME = 64 - "system:node:".length();

    /// Which nodes are read.
    enum Kind {
        CONTROL_PLANE,
        WORKER,
        ETCD_MEMBER;

        /// Others must know where to find these; a worker's certificate may do with its name.
        boolean needsAddress() {
            return this != WORKER;
        }
    }

    private record Seen(ClusterNode node, Kind kind, int line) {}

    private final Reading reading;
    private final Map<String, Seen> byName = new HashMap<>();
    private final Map<IpAddress, Seen> byAddress = new HashMap<>();

    NodeReader(Reading reading) {
        this.reading = reading;
    }

    List<ClusterNode> read(Fields parent, String key, Kind kind) {
        List<ClusterNode> nodes = new ArrayList<>();
        for (Fields node : parent.each(key)) {
            nodes.addAll(node(node, kind));
            node.refuseUnknown();
        }
        return nodes;
    }

    private List<ClusterNode> node(Fields fields, Kind kind) {
        List<Found<IpAddress>> addresses = reading.values(fields, "addresses", Texts::address);
        Optional<String> name = fields.requiredString("name");
        addresses.forEach(this::judge);
        if (kind.needsAddress() && !fields.has("addresses")) {
            fields.problem("addresses", "is missing; write the IP addresses under which the others reach this host");
        }
        if (name.isEmpty()) {
            reading.values(fields, "dnsNames", Texts::dnsName);
            return List.of();
        }
        Optional<Optional<NodeRow>> row = one(fields, name.get(), NodeRow::in);
        if (row.isEmpty()) {
            return List.of();
        }
        return row.get()
                .map(numbers -> row(fields, kind, name.get(), numbers, addresses))
                .orElseGet(() -> single(fields, kind, name.get(), addresses));
    }

    private List<ClusterNode> single(Fields fields, Kind kind, String name, List<Found<IpAddress>> addresses) {
        List<String> dnsNames = plain(reading.values(fields, "dnsNames", Texts::dnsName));
        return one(fields, name, Texts::nodeName)
                .map(read -> List.of(kept(fields, kind, new ClusterNode(read, plain(addresses), dnsNames))))
                .orElse(List.of());
    }

    private static <T> Optional<T> one(Fields fields, String name, Function<String, T> reader) {
        try {
            return Optional.of(reader.apply(name));
        } catch (IllegalArgumentException unreadable) {
            fields.problem("name", String.valueOf(unreadable.getMessage()));
            return Optional.empty();
        }
    }

    /// Each address is the first node's and counts up with the numbers.
    private List<ClusterNode> row(
            Fields fields, Kind kind, String pattern, NodeRow row, List<Found<IpAddress>> addresses) {
        List<Found<String>> dnsPatterns = reading.values(fields, "dnsNames", text -> rowName(row, text));
        if (one(fields, row.text(pattern, row.size() - 1), Texts::nodeName).isEmpty()) {
            return List.of();
        }
        for (Found<IpAddress> address : addresses) {
            if (address.value().plus(row.size() - 1L).isEmpty()) {
                reading.problem(address, "has no room for " + row.size() + " addresses counted up from it");
                return List.of();
            }
        }
        List<ClusterNode> nodes = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            int index = i;
            List<IpAddress> counted = addresses.stream()
                    .map(address -> address.value().plus(index).orElseThrow())
                    .toList();
            List<String> dnsNames = dnsPatterns.stream()
                    .map(dnsName -> row.text(dnsName.value(), index))
                    .toList();
            nodes.add(kept(fields, kind, new ClusterNode(row.text(pattern, i), counted, dnsNames)));
        }
        return nodes;
    }

    private static String rowName(NodeRow row, String pattern) {
        Optional<NodeRow> numbers = NodeRow.in(pattern);
        if (numbers.isEmpty() || !numbers.get().equals(row)) {
            throw new IllegalArgumentException("'" + Texts.shown(pattern) + "' must count as the row's name does");
        }
        Texts.dnsName(row.text(pattern, row.size() - 1));
        return pattern;
    }

    private ClusterNode kept(Fields fields, Kind kind, ClusterNode node) {
        Seen seen = new Seen(node, kind, fields.line());
        Seen before = byName.putIfAbsent(node.name(), seen);
        if (before != null && !isSameHost(before, seen)) {
            fields.problem(
                    "name",
                    "'" + node.name() + "' is already the name of the node at line " + before.line
                            + (kind == Kind.ETCD_MEMBER ? ", which has other addresses" : ""));
        }
        for (IpAddress address : node.addresses()) {
            Seen owner = byAddress.putIfAbsent(address, seen);
            if (owner != null && !isSameHost(owner, seen)) {
                reading.warn(fields, "addresses", address + " is also an address of " + owner.node.name());
            }
        }
        if (node.name().length() > LONGEST_NAME) {
            reading.warn(
                    fields,
                    "name",
                    "'" + Texts.shown(node.name()) + "' makes a common name of more than 64"
                            + " characters with system:node: before it, which some programs refuse");
        }
        return node;
    }

    /// An etcd member may run on a node of the cluster; it then is the same host, with the same addresses.
    private static boolean isSameHost(Seen before, Seen seen) {
        return seen.kind == Kind.ETCD_MEMBER
                && before.kind != Kind.ETCD_MEMBER
                && before.node.name().equals(seen.node.name())
                && before.node.addresses().equals(seen.node.addresses());
    }

    private void judge(Found<IpAddress> address) {
        if (address.value().isUnspecified()) {
            reading.problem(
                    address,
                    "'" + address.value() + "' means any address; write the one under which others"
                            + " reach this host");
        } else if (address.value().isLoopback()) {
            reading.warn(address, address.value() + " is a loopback address, which no other host reaches");
        }
    }

    private static <T> List<T> plain(List<Found<T>> found) {
        return found.stream().map(Found::value).distinct().toList();
    }
}
