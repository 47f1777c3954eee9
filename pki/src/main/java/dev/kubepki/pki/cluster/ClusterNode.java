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

    // Spelled out: a record's own two are linked when first used, for which every start would wait.
    @Override
    public boolean equals(Object other) {
        return other instanceof ClusterNode that
                && name.equals(that.name)
                && addresses.equals(that.addresses)
                && dnsNames.equals(that.dnsNames);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
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
