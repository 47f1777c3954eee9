package dev.kubepki.server.http;

import java.util.function.BooleanSupplier;

/// One question about the server's health.
///
/// @param name under which it can be asked alone, and excluded
/// @param onlyForReadiness whether a failure means no more than that the server takes no work now
/// @param healthy asked each time; must answer at once
public record HealthCheck(String name, boolean onlyForReadiness, BooleanSupplier healthy) {
    /// Asked for life and readiness.
    public HealthCheck(String name, BooleanSupplier healthy) {
        this(name, false, healthy);
    }
}
