package dev.kubepki.server.store;

import dev.kubepki.server.store.StoreFailure.Reason;
import org.jspecify.annotations.Nullable;

/// The sentences of failures that several parts know.
final class StoreFailures {
    private StoreFailures() {}

    static StoreFailure closed() {
        return new StoreFailure(Reason.UNAVAILABLE, "the store is closed");
    }

    static StoreFailure compacted(long revision, long compacted) {
        return new StoreFailure(
                Reason.COMPACTED,
                "revision " + revision + " is no longer kept: the oldest that can be read is " + compacted);
    }

    static StoreFailure future(long revision, long current) {
        return new StoreFailure(
                Reason.FUTURE, "revision " + revision + " does not exist yet: the last one is " + current);
    }

    static StoreFailure missing(long revision) {
        return new StoreFailure(
                Reason.CORRUPT, "the value of revision " + revision + " is missing: 'kubepki store check' says more");
    }

    static StoreFailure conflict(String key, long expected, Store.@Nullable Stored current) {
        String found = current == null ? "absent" : "at revision " + current.revision();
        String wanted = expected == 0 ? "absent" : "at revision " + expected;
        return new StoreFailure(
                Reason.CONFLICT, "'" + key + "' should be " + wanted + " and is " + found, current, null);
    }

    /// A failure of another thread, as one of this thread.
    static RuntimeException again(RuntimeException failure) {
        if (failure instanceof StoreFailure known) {
            return new StoreFailure(known.reason(), String.valueOf(known.getMessage()), null, known);
        }
        return new IllegalStateException(failure);
    }
}
