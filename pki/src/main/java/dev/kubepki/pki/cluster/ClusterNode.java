package dev.kubepki.pki.cluster;

import java.util.List;
import java.util.Optional;

/// A host of the cluster.
///
/// @param name the name that its kubelet registers with, letter by letter
/// @param addresses its IP addresses; the first is the one it advertises
/// @param dnsNames further DNS names under which it is reached
public record ClusterNode(String name, List<IpAddress> addresses, List<String> dnsNames) {
    /// Copies the lists.
    public ClusterNode {
        addresses = List.copyOf(addresses);
        dnsNames = List.copyOf(dnsNames);
    }

    /// A node without further DNS names.
    public ClusterNode(String name, List<IpAddress> addresses) {
        this(name, addresses, List.of());
    }

    /// The address under which the others reach it; empty for a worker that only has a name.
    public Optional<IpAddress> advertiseAddress() {
        return addresses.stream().findFirst();
    }
}
