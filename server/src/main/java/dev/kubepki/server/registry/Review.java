package dev.kubepki.server.registry;

import tools.jackson.databind.node.ObjectNode;

/// Answers a kind, or a subresource, that is created and never stored: access reviews, token reviews, token requests.
public interface Review {
    /// Fills in defaults, before anything looks at the object.
    default void defaults(ObjectNode object) {}

    /// The object with its status filled in.
    ///
    /// @throws dev.kubepki.api.failure.ApiFailure 422 when its fields are wrong
    ObjectNode answer(ObjectNode object, Context context);
}
