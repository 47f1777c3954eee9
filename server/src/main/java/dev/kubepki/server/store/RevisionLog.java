package dev.kubepki.server.store;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What keeps the writes of a store: where one store differs from another.
///
/// The methods that change something are called by one thread at a time, the others by any number.
interface RevisionLog extends AutoCloseable {
    /// The revision of a store that was never written: 0 would mean "now" to those who read at it.
    long FIRST = 1;

    /// What a log holds when it is opened.
    ///
    /// @param revision of the last write
    /// @param compacted up to which superseded writes are forgotten
    /// @param keys the index of all writes
    /// @param leftovers revisions that a compaction gave up and did not get round to removing
    @SuppressWarnings("ArrayRecordComponent") // read once; never compared
    record Content(long revision, long compacted, KeyIndex keys, long[] leftovers) {}

    /// Reads what is there, without the values; called once, before anything else.
    Content load();

    /// Writes all or none, durably.
    ///
    /// @throws StoreFailure with FULL if surely none was written; with UNAVAILABLE if that can't be said
    void append(List<LogEntry> entries);

    /// As [#value], for the thread that changes something: it never waits for those who read.
    byte @Nullable [] valueForCommit(long revision);

    /// The value of the put that has the revision; null if it is not kept.
    byte @Nullable [] value(long revision);

    /// Several such values.
    byte[] @Nullable [] values(long[] revisions);

    /// Shows the kept changes after one revision up to another whose keys are in the range, in order, but no more than
    /// fit into one part.
    ///
    /// @return the revision up to which all has been shown
    long changes(long after, long upTo, KeyRange range, Consumer<Store.Change> consumer);

    /// Notes durably that history begins at this revision.
    void markCompacted(long revision);

    /// Removes the writes with these revisions.
    void forget(long[] revisions);

    @Override
    void close();
}
