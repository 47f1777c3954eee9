package dev.kubepki.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The last changes of all keys with their values, up to a number of bytes: watchers that are nearly up to date need
/// not read them back. Revisions have no gaps, so a change's place follows from its revision.
final class RecentChanges {
    /// What a change costs besides its key and values.
    private static final int OVERHEAD = 200;

    private final List<Store.Change> changes = new ArrayList<>();
    private final long most;
    private int head;
    private long size;
    private long dropped;

    /// @param most bytes to keep
    /// @param revision that the store is at
    RecentChanges(long most, long revision) {
        this.most = most;
        this.dropped = revision;
    }

    /// Adds the changes of a commit.
    synchronized void add(List<Store.Change> made) {
        for (Store.Change change : made) {
            changes.add(change);
            size += weight(change);
        }
        while (size > most && head < changes.size()) {
            Store.Change oldest = changes.get(head++);
            size -= weight(oldest);
            dropped = oldest.revision();
        }
        // Moving the rest down costs as much as the additions since the last time did.
        if (head > 64 && head > changes.size() / 2) {
            changes.subList(0, head).clear();
            head = 0;
        }
    }

    /// Up to `limit` changes after a revision; empty if some of them are not here any more.
    synchronized Optional<List<Store.Change>> after(long revision, int limit) {
        if (revision < dropped) {
            return Optional.empty();
        }
        int from = Math.toIntExact(Math.min(changes.size(), head + revision - dropped));
        return Optional.of(List.copyOf(changes.subList(from, Math.min(changes.size(), from + limit))));
    }

    private static long weight(Store.Change change) {
        return (long) OVERHEAD
                + change.key().length()
                + change.value().map(value -> value.length).orElse(0)
                + change.previous().map(value -> value.length).orElse(0);
    }
}
