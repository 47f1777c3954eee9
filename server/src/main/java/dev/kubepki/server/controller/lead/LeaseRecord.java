package dev.kubepki.server.controller.lead;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a lease says.
///
/// @param holder who has it; empty when it was given back
/// @param seconds for how long after its renewal nobody else may take it
/// @param acquired when its holder took it
/// @param renewed when its holder was last seen
/// @param transitions how often it went from one to another
record LeaseRecord(String holder, long seconds, String acquired, String renewed, long transitions) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    static LeaseRecord of(ObjectNode lease) {
        JsonNode spec = lease.path("spec");
        return new LeaseRecord(
                spec.path("holderIdentity").asString(""),
                spec.path("leaseDurationSeconds").asLong(0),
                spec.path("acquireTime").asString(""),
                spec.path("renewTime").asString(""),
                spec.path("leaseTransitions").asLong(0));
    }

    /// By somebody who did not have it.
    static LeaseRecord taken(String holder, Duration duration, long transitions, Instant now) {
        String time = TIME.format(now);
        return new LeaseRecord(holder, duration.toSeconds(), time, time, transitions);
    }

    /// By its holder.
    LeaseRecord renewed(Duration duration, Instant now) {
        return new LeaseRecord(holder, duration.toSeconds(), acquired, TIME.format(now), transitions);
    }

    /// Given back: whoever comes next need not wait.
    LeaseRecord released(Instant now) {
        String time = TIME.format(now);
        return new LeaseRecord("", 1, time, time, transitions);
    }

    Duration duration() {
        return Duration.ofSeconds(seconds);
    }

    void writeTo(ObjectNode lease) {
        lease.withObject("/spec")
                .put("holderIdentity", holder)
                .put("leaseDurationSeconds", seconds)
                .put("acquireTime", acquired)
                .put("renewTime", renewed)
                .put("leaseTransitions", transitions);
    }
}
