package dev.kubepki.server.registry;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.server.store.Store;
import java.time.Duration;

/// Waits a while for a revision that a client knows and this server has not seen yet.
final class Revisions {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long STEP_MILLIS = 50;

    private final Store store;

    Revisions(Store store) {
        this.store = store;
    }

    /// Returns when the store is at the revision.
    ///
    /// @throws dev.kubepki.api.failure.ApiFailure 504 when it does not get there
    void await(long revision) {
        long waited = 0;
        while (store.revision() < revision) {
            if (waited >= PATIENCE.toMillis()) {
                throw Failures.futureResourceVersion(revision, store.revision());
            }
            try {
                Thread.sleep(STEP_MILLIS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw Failures.futureResourceVersion(revision, store.revision());
            }
            waited += STEP_MILLIS;
        }
    }
}
