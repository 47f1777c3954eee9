package dev.kubepki.server.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One write, as the log keeps it.
///
/// @param revision of the write
/// @param key that was written
/// @param keyBytes the same in UTF-8
/// @param previous the revision of the value that it replaced or removed; 0: there was none
/// @param value null for a removal
@SuppressWarnings("ArrayRecordComponent") // on its way into the log; never compared
record LogEntry(long revision, String key, byte[] keyBytes, long previous, byte @Nullable [] value) {

    boolean isRemoval() {
        return value == null;
    }

    /// The write as it is told to watchers.
    Store.Change change(byte @Nullable [] before) {
        return new Store.Change(key, revision, Optional.ofNullable(value), Optional.ofNullable(before), previous);
    }
}
