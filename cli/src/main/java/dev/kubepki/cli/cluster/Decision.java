package dev.kubepki.cli.cluster;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.server.request.RequestObject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ObjectNode;

/// The word of an approver: once written it can't be taken back.
///
/// @param type `Approved` or `Denied`
record Decision(String type, String reason, String message) {
    private static final int ATTEMPTS = 10;

    static Decision approve() {
        return new Decision("Approved", "KubepkiApprove", "This CSR was approved by kubepki csr approve.");
    }

    private String opposite() {
        return type.equals("Approved") ? "Denied" : "Approved";
    }

    /// Whether it was taken already.
    ///
    /// @throws CommandFailure when the opposite was
    boolean isTaken(ObjectNode object) throws CommandFailure {
        RequestObject request = new RequestObject(object);
        if (request.condition(opposite()).isPresent()) {
            throw new CommandFailure(
                    "certificate signing request \"" + request.name() + "\" is already " + opposite(),
                    "A decision can't be taken back: make a new request.");
        }
        return request.condition(type).isPresent();
    }

    /// Writes it to the very request that was seen.
    void write(Cluster cluster, ObjectNode seen, Clock clock) throws CommandFailure {
        ObjectNode current = seen;
        for (int attempt = 1; !isTaken(current); attempt++) {
            try {
                cluster.client().update(cluster.kind(Cluster.REQUESTS), "approval", with(current, clock));
                return;
            } catch (ApiFailure e) {
                if (e.code() != Cluster.CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
                current = again(cluster, seen);
            }
        }
    }

    private static ObjectNode again(Cluster cluster, ObjectNode seen) throws CommandFailure {
        RequestObject request = new RequestObject(seen);
        ObjectNode current = cluster.request(request.name());
        if (!new RequestObject(current).uid().equals(request.uid())) {
            throw new CommandFailure(
                    "the request \"" + request.name() + "\" was replaced by another one of its name meanwhile",
                    "Look at the new one before you decide.");
        }
        return current;
    }

    private ObjectNode with(ObjectNode object, Clock clock) {
        ObjectNode decided = object.deepCopy();
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        decided.withObject("/status")
                .withArray("conditions")
                .addObject()
                .put("type", type)
                .put("status", "True")
                .put("reason", reason)
                .put("message", message)
                .put("lastUpdateTime", now);
        return decided;
    }
}
