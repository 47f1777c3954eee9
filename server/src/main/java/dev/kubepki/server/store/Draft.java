package dev.kubepki.server.store;

import dev.kubepki.server.store.Committer.Outcome;
import dev.kubepki.server.store.Committer.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// A commit being made from writes that came together. Each is checked against the ones before it and gets a revision
/// of
/// its own; those that fail the check are left out.
final class Draft {
    private final KeyIndex base;
    private final LongFunction<byte @Nullable []> values;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<LogEntry> entries = new ArrayList<>();
    private final List<Store.Change> changes = new ArrayList<>();
    private final Map<Long, byte[]> made = new HashMap<>();
    private KeyIndex keys;
    private long revision;

    /// @param values reads values that were committed before
    Draft(KeyIndex base, long revision, LongFunction<byte @Nullable []> values) {
        this.base = base;
        this.keys = base;
        this.revision = revision;
        this.values = values;
    }

    void add(Write write) {
        KeyHistory history = keys.find(write.keyBytes());
        long current = history == null ? 0 : history.live();
        byte[] value = write.value();
        if (current != write.expected() || (value == null && current == 0)) {
            outcomes.add(new Outcome.Conflict(current));
            return;
        }
        byte[] before = current == 0 ? null : before(current);
        revision++;
        long mark = value == null ? -revision : revision;
        keys = keys.with(history == null ? KeyHistory.of(write.keyBytes(), mark) : history.then(mark));
        LogEntry entry = new LogEntry(revision, write.key(), write.keyBytes(), current, value);
        entries.add(entry);
        changes.add(entry.change(before));
        if (value != null) {
            made.put(revision, value);
        }
        outcomes.add(new Outcome.Done(revision));
    }

    private byte[] before(long current) {
        byte[] own = made.get(current);
        byte[] value = own == null ? values.apply(current) : own;
        if (value == null) {
            throw StoreFailures.missing(current);
        }
        return value;
    }

    List<LogEntry> entries() {
        return entries;
    }

    List<Store.Change> changes() {
        return changes;
    }

    KeyIndex keys() {
        return keys;
    }

    long revision() {
        return revision;
    }

    void succeed(List<Write> writes) {
        for (int i = 0; i < writes.size(); i++) {
            writes.get(i).outcome().complete(outcomes.get(i));
        }
    }

    /// Fails all, but tells those apart that were in conflict with what had been committed before.
    void fail(List<Write> writes, RuntimeException reason) {
        for (Write write : writes) {
            KeyHistory history = base.find(write.keyBytes());
            long current = history == null ? 0 : history.live();
            write.outcome()
                    .complete(current == write.expected() ? new Outcome.Failed(reason) : new Outcome.Conflict(current));
        }
    }
}
