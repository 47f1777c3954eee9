package dev.kubepki.server;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.kind.Kind;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The cluster for which controllers run, as they see it: the server's own that they run in, or another one.
interface ControllerWorld {
    /// The way to it, in the name of a service account where the controllers have one each.
    ClusterClient clientFor(String account);

    /// The way to it for approvals and signatures, also for signers that no service account's role knows.
    ClusterClient clientForDecisions();

    /// A kind by its resource, if the cluster has it.
    Optional<Kind> kind(String resource);

    /// Whether the requester whom a request names may create this subresource of requests.
    boolean mayCreate(ObjectNode csr, String subresource);
}
