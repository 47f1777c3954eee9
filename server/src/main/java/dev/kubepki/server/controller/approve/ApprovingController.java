package dev.kubepki.server.controller.approve;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.server.controller.WorkQueue;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Approves what the [Approver] recognizes and an access review allows. What is recognized and not allowed waits: a
/// permission that is given later approves it without a new request.
public final class ApprovingController implements AutoCloseable {
    private final ClusterClient client;
    private final Kind requests;
    private final BiPredicate<ObjectNode, String> mayCreate;
    private final Clock clock;
    private final Map<String, ObjectNode> pending = new ConcurrentHashMap<>();
    private final WorkQueue queue = new WorkQueue("approver", 1, this::work);
    private @Nullable AutoCloseable following;

    /// @param mayCreate whether the requester that a request names may create this subresource of requests
    public ApprovingController(
            ClusterClient client, Kind requests, BiPredicate<ObjectNode, String> mayCreate, Clock clock) {
        this.client = client;
        this.requests = requests;
        this.mayCreate = mayCreate;
        this.clock = clock;
    }

    /// Begins: with what is there, then with each change.
    public void start() {
        following = client.follow(requests, new ClusterClient.Follower() {
            @Override
            public void present(ObjectNode object) {
                String name = name(object);
                if (Approver.grants(object).isEmpty()) {
                    pending.remove(name);
                } else {
                    pending.put(name, object);
                    queue.add(name);
                }
            }

            @Override
            public void gone(ObjectNode object) {
                pending.remove(name(object));
            }
        });
    }

    private void work(String name) {
        ObjectNode csr = pending.get(name);
        if (csr == null) {
            return;
        }
        for (Approver.Grant grant : Approver.grants(csr)) {
            if (mayCreate.test(csr, grant.subresource())) {
                approve(name, csr, grant.message());
                return;
            }
        }
        throw new IllegalStateException("recognized csr \"" + name + "\" as "
                + Approver.grants(csr).stream().map(Approver.Grant::subresource).toList()
                + " but subject access review was not approved");
    }

    private void approve(String name, ObjectNode csr, String message) {
        ObjectNode approved = csr.deepCopy();
        approved.withObject("/status")
                .withArray("conditions")
                .addObject()
                .put("type", "Approved")
                .put("status", "True")
                .put("reason", "AutoApproved")
                .put("message", message)
                .put(
                        "lastUpdateTime",
                        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        try {
            client.update(requests, "approval", approved);
        } catch (ApiFailure e) {
            if (e.code() != 404 && e.code() != 409) {
                throw e;
            }
        }
        pending.remove(name, csr);
    }

    private static String name(ObjectNode csr) {
        return csr.path("metadata").path("name").asString("");
    }

    @Override
    public void close() {
        queue.close();
        try {
            if (following != null) {
                following.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("a closed follower can't fail", e);
        }
    }
}
