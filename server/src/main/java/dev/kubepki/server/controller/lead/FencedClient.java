package dev.kubepki.server.controller.lead;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.client.ListQuery;
import dev.kubepki.api.client.ObjectPage;
import dev.kubepki.api.kind.Kind;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A cluster to which only the leader writes.
final class FencedClient implements ClusterClient {
    private final ClusterClient cluster;
    private final Fence fence;

    FencedClient(ClusterClient cluster, Fence fence) {
        this.cluster = cluster;
        this.fence = fence;
    }

    @Override
    public Optional<ObjectNode> get(Kind kind, String namespace, String name) {
        return cluster.get(kind, namespace, name);
    }

    @Override
    public ObjectPage list(Kind kind, ListQuery query) {
        return cluster.list(kind, query);
    }

    @Override
    public boolean serves(Kind kind) {
        return cluster.serves(kind);
    }

    @Override
    public ObjectNode create(Kind kind, ObjectNode object) {
        return fence.through(() -> cluster.create(kind, object));
    }

    @Override
    public ObjectNode update(Kind kind, String subresource, ObjectNode object) {
        return fence.through(() -> cluster.update(kind, subresource, object));
    }

    @Override
    public void delete(Kind kind, String namespace, String name, String uid) {
        fence.through(() -> {
            cluster.delete(kind, namespace, name, uid);
            return name;
        });
    }

    @Override
    public AutoCloseable follow(Kind kind, Follower follower) {
        return cluster.follow(kind, follower);
    }
}
