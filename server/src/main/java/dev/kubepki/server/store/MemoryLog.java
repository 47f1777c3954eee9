package dev.kubepki.server.store;

import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A log that is gone with its process.
final class MemoryLog implements RevisionLog {
    private static final int PART = 256;

    private final ConcurrentNavigableMap<Long, LogEntry> entries = new ConcurrentSkipListMap<>();

    @Override
    public Content load() {
        return new Content(FIRST, 0, KeyIndex.empty(), new long[0]);
    }

    @Override
    public void append(List<LogEntry> added) {
        added.forEach(entry -> entries.put(entry.revision(), entry));
    }

    @Override
    public byte @Nullable [] valueForCommit(long revision) {
        return value(revision);
    }

    @Override
    public byte @Nullable [] value(long revision) {
        LogEntry entry = entries.get(revision);
        return entry == null ? null : entry.value();
    }

    @Override
    public byte[] @Nullable [] values(long[] revisions) {
        byte[] @Nullable [] values = new byte[revisions.length] @Nullable [];
        for (int i = 0; i < revisions.length; i++) {
            values[i] = value(revisions[i]);
        }
        return values;
    }

    @Override
    public long changes(long after, long upTo, KeyRange range, Consumer<Store.Change> consumer) {
        int shown = 0;
        for (LogEntry entry : entries.subMap(after, false, upTo, true).values()) {
            if (range.startsBeyond(entry.keyBytes()) || range.endsBefore(entry.keyBytes())) {
                continue;
            }
            consumer.accept(entry.change(value(entry.previous())));
            if (++shown == PART) {
                return entry.revision();
            }
        }
        return upTo;
    }

    @Override
    public void markCompacted(long revision) {
        // Nothing outlives the process that would have to know.
    }

    @Override
    public void forget(long[] revisions) {
        for (long revision : revisions) {
            entries.remove(revision);
        }
    }

    @Override
    public void close() {
        // What was read may still be in use; the collector takes the rest.
    }
}
