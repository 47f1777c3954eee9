package dev.kubepki.pki.cluster;

import java.util.List;

/// What the certificates need to know of the cluster's network.
///
/// @param serviceSubnets the ranges of service addresses: one, or two of different families; the first is the primary
/// @param dnsDomain the domain of service names
public record ClusterNetwork(List<Cidr> serviceSubnets, String dnsDomain) {
    /// The values that kubeadm takes.
    public static final ClusterNetwork DEFAULT =
            new ClusterNetwork(List.of(new Cidr(new IpAddress("10.96.0.0"), 12)), "cluster.local");

    /// Copies the list; refuses none and more than two.
    public ClusterNetwork {
        serviceSubnets = List.copyOf(serviceSubnets);
        if (serviceSubnets.isEmpty() || serviceSubnets.size() > 2) {
            throw new IllegalArgumentException("a cluster has one service subnet, or two of different families");
        }
    }

    /// The address of the service `kubernetes`: the first of the primary subnet.
    public IpAddress kubernetesServiceAddress() {
        return serviceSubnets.getFirst().first();
    }
}
