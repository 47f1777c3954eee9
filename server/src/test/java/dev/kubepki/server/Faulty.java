package dev.kubepki.server;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.client.ListQuery;
import dev.kubepki.api.client.ObjectPage;
import dev.kubepki.api.kind.Kind;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// A way to a cluster that breaks at a write: before the write is made, or after it, so that nobody hears the answer.
final class Faulty implements ClusterClient {
    private final ClusterClient client;
    private final int breaksAt;
    private final boolean afterwards;
    private final AtomicInteger writes = new AtomicInteger();
    private volatile boolean broken;

    /// @param breaksAt the number of the write, from 1
    Faulty(ClusterClient client, int breaksAt, boolean afterwards) {
        this.client = client;
        this.breaksAt = breaksAt;
        this.afterwards = afterwards;
    }

    boolean isBroken() {
        return broken;
    }

    /// From now on it is well.
    void mend() {
        writes.set(Integer.MIN_VALUE);
        broken = false;
    }

    private <T> T write(Supplier<T> call) {
        boolean last = writes.incrementAndGet() == breaksAt;
        if (last && !afterwards) {
            broken = true;
        }
        T answer = read(call);
        if (last) {
            broken = true;
            throw new IllegalStateException("the way to the cluster is cut");
        }
        return answer;
    }

    private <T> T read(Supplier<T> call) {
        if (broken) {
            throw new IllegalStateException("the way to the cluster is cut");
        }
        return call.get();
    }

    @Override
    public Optional<ObjectNode> get(Kind kind, String namespace, String name) {
        return read(() -> client.get(kind, namespace, name));
    }

    @Override
    public ObjectPage list(Kind kind, ListQuery query) {
        return read(() -> client.list(kind, query));
    }

    @Override
    public boolean serves(Kind kind) {
        return client.serves(kind);
    }

    @Override
    public ObjectNode create(Kind kind, ObjectNode object) {
        return write(() -> client.create(kind, object));
    }

    @Override
    public ObjectNode update(Kind kind, String subresource, ObjectNode object) {
        return write(() -> client.update(kind, subresource, object));
    }

    @Override
    public void delete(Kind kind, String namespace, String name, String uid) {
        write(() -> {
            client.delete(kind, namespace, name, uid);
            return "";
        });
    }

    @Override
    public AutoCloseable follow(Kind kind, Follower follower) {
        return client.follow(kind, follower);
    }
}
