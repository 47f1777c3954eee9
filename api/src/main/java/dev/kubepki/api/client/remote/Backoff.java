package dev.kubepki.api.client.remote;

import java.util.random.RandomGenerator;

/// Pauses that grow from failure to failure, each a bit another so that many clients don't come back at once.
final class Backoff {
    private static final long FIRST = 200;
    private static final long LONGEST = 30_000;

    private final RandomGenerator random;
    private long next = FIRST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /// After a success.
    void reset() {
        next = FIRST;
    }

    /// Waits; false when it was interrupted.
    ///
    /// @param atOnce with the shortest pause
    boolean pause(boolean atOnce) {
        long most = atOnce ? FIRST : next;
        next = Math.min(LONGEST, next * 2);
        try {
            Thread.sleep(most / 2 + random.nextLong(most / 2 + 1));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
