package dev.kubepki.api.client;

import dev.kubepki.api.kind.Kind;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A cluster's objects, for controllers: the server's own that a controller runs in, or any other cluster's.
///
/// Objects are private trees of the kind's preferred version. Whatever a server refuses is an
/// [dev.kubepki.api.failure.ApiFailure] with the code and the text that it answered.
public interface ClusterClient {
    /// An object; empty when there is none.
    ///
    /// @param namespace empty for kinds of the whole cluster
    Optional<ObjectNode> get(Kind kind, String namespace, String name);

    /// Objects of a kind, all of them or a page.
    ObjectPage list(Kind kind, ListQuery query);

    /// Whether the cluster has this kind at all.
    boolean serves(Kind kind);

    /// Makes an object; its metadata says where.
    ObjectNode create(Kind kind, ObjectNode object);

    /// Writes an object that was read before, at an endpoint of it (empty: the main one).
    ///
    /// @throws dev.kubepki.api.failure.ApiFailure 409 when it changed since
    ObjectNode update(Kind kind, String subresource, ObjectNode object);

    /// Removes an object, if it is still the one of that UID (empty: any).
    void delete(Kind kind, String namespace, String name, String uid);

    /// Follows all objects of a kind: each that is there, then each change, one at a time, until it is closed. Returns
    /// when all that were there have been told. What changes while the cluster can't be reached is told afterwards.
    AutoCloseable follow(Kind kind, Follower follower);

    /// Is told what there is.
    interface Follower {
        /// An object that is there, is new, or changed. It belongs to the follower.
        void present(ObjectNode object);

        /// An object that is gone: at least its kind, namespace, name and UID. Its last state, where that was told.
        void gone(ObjectNode object);
    }
}
