package dev.kubepki.server.controller.explain;

import dev.kubepki.server.controller.sign.SignerPolicy;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What is known beside a request itself.
///
/// @param events the Event objects about the request, in any order
/// @param leases the Lease objects of kube-system, by which controllers say that they run
/// @param ownSigners the policies of signers from a file, where one is at hand
public record Known(List<ObjectNode> events, List<ObjectNode> leases, List<SignerPolicy> ownSigners, Instant now) {
    /// Defensive copies.
    public Known {
        events = List.copyOf(events);
        leases = List.copyOf(leases);
        ownSigners = List.copyOf(ownSigners);
    }
}
