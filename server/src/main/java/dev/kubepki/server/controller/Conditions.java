package dev.kubepki.server.controller;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ObjectNode;

/// What controllers say in the status of a request.
public final class Conditions {
    private Conditions() {}

    /// Adds a condition that holds.
    public static void add(ObjectNode csr, String type, String reason, String message, Instant now) {
        csr.withObject("/status")
                .withArray("conditions")
                .addObject()
                .put("type", type)
                .put("status", "True")
                .put("reason", reason)
                .put("message", message)
                .put("lastUpdateTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
