package dev.kubepki.server.store;

import java.util.List;
import java.util.Optional;

/// Keys, bytes and revisions. Each write has a revision of its own, one higher than the last of the whole store.
///
/// Every implementation passes the same contract test. Nothing above it knows which one runs.
/// Keys are text such as `/registry/secrets/default/a`, ordered by their UTF-8 bytes.
/// All calls block and may come from any thread; an acknowledged write has been synced.
public interface Store extends AutoCloseable {
    /// The value of a key at its latest revision.
    Optional<Stored> get(String key);

    /// Up to `limit` values (0: all) whose keys start with `prefix` and are not less than `from`, as they were at
    /// `revision` (0: now).
    ///
    /// @throws StoreFailure with COMPACTED, or FUTURE for a revision that does not exist yet
    Page list(String prefix, String from, int limit, long revision);

    /// How many keys start with the prefix now.
    long count(String prefix);

    /// Writes when the key's revision is still `expected` (0: the key must be absent).
    ///
    /// @throws StoreFailure with CONFLICT, which carries what is there; FULL when the disk is; UNAVAILABLE
    long put(String key, byte[] value, long expected);

    /// Removes when the key's revision is still `expected`; the revision of the removal.
    ///
    /// @throws StoreFailure as [#put]
    long delete(String key, long expected);

    /// The revision of the last write.
    long revision();

    /// The oldest revision from which a watch may start and at which a list may be read.
    long compactedRevision();

    /// All changes of keys with the prefix after revision `after`, in order, each once: first what history holds, then
    /// what comes. The listener is called by one thread at a time and must return quickly.
    ///
    /// @throws StoreFailure with COMPACTED when history no longer reaches back to it
    Subscription watch(String prefix, long after, Listener listener);

    /// Forgets superseded values older than the revision.
    void compact(long revision);

    @Override
    void close();

    /// A value and the revision of the write that made it. The bytes are shared: nobody may change them.
    @SuppressWarnings("ArrayRecordComponent") // compared by key and revision, where it is
    record Stored(String key, byte[] value, long revision) {}

    /// A part of a list.
    ///
    /// @param items in order of their keys
    /// @param revision at which all pages of the list are read
    /// @param more whether further keys follow
    /// @param remaining how many further keys follow
    record Page(List<Stored> items, long revision, boolean more, long remaining) {}

    /// A change: `value` is the new one, `previous` the one before; either may be absent.
    ///
    /// @param revision of the change
    /// @param previousRevision of the value before; 0: there was none
    record Change(
            String key, long revision, Optional<byte[]> value, Optional<byte[]> previous, long previousRevision) {}

    /// Receives changes.
    interface Listener {
        /// Changes of one commit or of several, in order.
        void changed(List<Change> changes);

        /// No further change will come: the store closed or failed, and the watcher must start again.
        void ended(StoreFailure reason);
    }

    /// A running watch.
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
