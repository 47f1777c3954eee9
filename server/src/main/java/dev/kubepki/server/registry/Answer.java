package dev.kubepki.server.registry;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What an operation answers: the object (or a Status) in the version of the call, and the HTTP status.
///
/// @param stored the same object as it was stored, from which its JSON is had without writing it once more; null when
///     it was not stored
public record Answer(int code, ObjectNode object, @Nullable StoredObject stored) {
    /// Of what was not stored.
    public Answer(int code, ObjectNode object) {
        this(code, object, null);
    }
}
