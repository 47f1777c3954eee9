package dev.kubepki.cli.cluster;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.server.request.CsrState;
import dev.kubepki.server.request.RequestObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Waits for a request to be settled. It asks again and again, as who made a request may read it, and not all may
/// watch.
///
/// @param timeout after which the last state is the answer
record Waiting(Cluster cluster, Clock clock, Duration timeout) {
    private static final Set<CsrState> SETTLED = Set.of(CsrState.ISSUED, CsrState.FAILED, CsrState.DENIED);
    private static final long FIRST_MILLIS = 50;
    private static final long LONGEST_MILLIS = 1000;

    /// The request, settled or not.
    ObjectNode settled(String name) throws CommandFailure, InterruptedException {
        Instant end = clock.instant().plus(timeout);
        long pause = FIRST_MILLIS;
        ObjectNode request = cluster.request(name);
        while (!isSettled(request) && clock.instant().isBefore(end)) {
            Thread.sleep(pause);
            pause = Math.min(pause * 3 / 2, LONGEST_MILLIS);
            request = cluster.request(name);
        }
        return request;
    }

    static boolean isSettled(ObjectNode request) {
        return SETTLED.contains(new RequestObject(request).state());
    }
}
