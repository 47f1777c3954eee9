package dev.kubepki.server.registry;

import dev.kubepki.server.auth.Authorizer;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What a strategy may know and ask besides the objects.
///
/// @param call the request; its subresource says which endpoint it is
/// @param now the server's clock, read once a request
/// @param authorizer for the checks inside: approve, sign, attest, escalate, bind
/// @param objects other objects
/// @param dryRun whether nothing will be stored
public record Context(Call call, Instant now, Authorizer authorizer, Objects objects, boolean dryRun) {
    /// Reads other objects, as the server sees them now.
    public interface Objects {
        /// By the plural of the kind, its group, the namespace (empty at the cluster scope) and the name.
        Optional<ObjectNode> find(String group, String plural, String namespace, String name);
    }
}
