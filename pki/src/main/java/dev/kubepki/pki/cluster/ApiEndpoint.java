package dev.kubepki.pki.cluster;

import java.util.List;
import java.util.Optional;

/// How the API server is reached.
///
/// @param controlPlaneEndpoint the stable address of all control-plane nodes together
/// @param loadBalancerNames further DNS names and IP addresses in front of them, for the serving certificate
/// @param port the port on which each API server listens
public record ApiEndpoint(Optional<HostPort> controlPlaneEndpoint, List<String> loadBalancerNames, int port) {
    /// The port that kubeadm and the documentation use.
    public static final int DEFAULT_PORT = 6443;

    /// Only the nodes' own addresses, on the usual port.
    public static final ApiEndpoint DEFAULT = new ApiEndpoint(Optional.empty(), List.of(), DEFAULT_PORT);

    /// Copies the list.
    public ApiEndpoint {
        loadBalancerNames = List.copyOf(loadBalancerNames);
    }
}
