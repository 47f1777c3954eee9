package dev.kubepki.server.auth;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Reads objects as the server has them now.
public interface ObjectLookup {
    /// By the plural of the kind, its group, the namespace (empty at the cluster scope) and the name.
    Optional<ObjectNode> find(String group, String plural, String namespace, String name);
}
