package dev.kubepki.server.http;

import java.util.concurrent.Semaphore;

/// Room for requests in work: beyond it, clients are asked to come again.
final class Slots {
    private final int reading;
    private final int mutating;
    private final Semaphore freeReading;
    private final Semaphore freeMutating;

    Slots(Limits limits) {
        reading = limits.reading();
        mutating = limits.mutating();
        freeReading = new Semaphore(reading);
        freeMutating = new Semaphore(mutating);
    }

    /// Whether there was room; then [#leave] gives it back.
    boolean enter(Exchange exchange) {
        return free(exchange).tryAcquire();
    }

    void leave(Exchange exchange) {
        free(exchange).release();
    }

    private Semaphore free(Exchange exchange) {
        return exchange.info().isMutating() ? freeMutating : freeReading;
    }

    int readingNow() {
        return reading - freeReading.availablePermits();
    }

    int mutatingNow() {
        return mutating - freeMutating.availablePermits();
    }
}
