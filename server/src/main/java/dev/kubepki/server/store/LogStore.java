package dev.kubepki.server.store;

import dev.kubepki.server.store.Committer.Outcome;
import dev.kubepki.server.store.Committer.Write;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// A store made of a log of revisions, an index of keys in memory, and one thread that writes.
///
/// Readers look at one [State] and take no lock. What they find in it may be compacted while they fetch the values;
/// then there is a newer state, and they start again with that.
abstract sealed class LogStore implements Store permits MemoryStore, SqliteStore {
    /// So many writes are removed in one go by a compaction; writes of others go between.
    private static final int FORGET_AT_ONCE = 256;

    private final RevisionLog log;
    private final ValueCache cache;
    private final RecentChanges recent;
    private final Watches watches;
    private final Committer committer;
    private final ReentrantLock compaction = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Queue<long[]> forgotten = new ArrayDeque<>();
    private volatile State state;

    /// What is published: the keys, the revision of the last write, and where history begins.
    private record State(KeyIndex keys, long revision, long compacted) {
        /// The revision at which to read, when this one is asked for.
        long at(long wanted) {
            if (wanted > revision) {
                throw StoreFailures.future(wanted, revision);
            }
            if (wanted != 0 && wanted < compacted) {
                throw StoreFailures.compacted(wanted, compacted);
            }
            return wanted == 0 ? revision : wanted;
        }
    }

    LogStore(RevisionLog log, StoreLimits limits) {
        this.log = log;
        RevisionLog.Content content = log.load();
        state = new State(content.keys(), content.revision(), content.compacted());
        enqueue(content.leftovers());
        cache = new ValueCache(limits.cachedBytes());
        recent = new RecentChanges(limits.historyBytes(), content.revision());
        watches = new Watches("store-watches", this::changes, content.revision());
        committer = new Committer("store-commits", this::commit);
        watches.start();
        committer.start();
    }

    @Override
    public final Optional<Stored> get(String key) {
        byte[] bytes = KeyRange.bytes(key);
        while (true) {
            State seen = open();
            KeyHistory history = seen.keys().find(bytes);
            long revision = history == null ? 0 : history.live();
            if (revision == 0) {
                return Optional.empty();
            }
            byte[] value = value(revision);
            if (value != null) {
                return Optional.of(new Stored(key, value, revision));
            }
            if (isCurrent(seen)) {
                throw StoreFailures.missing(revision);
            }
        }
    }

    @Override
    public final Page list(String prefix, String from, int limit, long revision) {
        KeyRange range = KeyRange.of(prefix, from);
        while (true) {
            State seen = open();
            Selection selection = Selection.of(seen.keys(), range, limit, seen.at(revision));
            byte[] @Nullable [] values = values(selection.revisions());
            int missing = Arrays.asList(values).indexOf(null);
            if (missing < 0) {
                return selection.page(values);
            }
            if (isCurrent(seen)) {
                throw StoreFailures.missing(selection.revisions()[missing]);
            }
        }
    }

    @Override
    public final long count(String prefix) {
        State seen = open();
        return seen.keys().count(KeyRange.of(prefix, prefix), seen.revision());
    }

    @Override
    public final long put(String key, byte[] value, long expected) {
        return written(key, expected, committer.write(key, value, expected));
    }

    @Override
    public final long delete(String key, long expected) {
        return written(key, expected, committer.write(key, null, expected));
    }

    @Override
    public final long revision() {
        return state.revision();
    }

    @Override
    public final long compactedRevision() {
        return state.compacted();
    }

    @Override
    public final Subscription watch(String prefix, long after, Listener listener) {
        State seen = open();
        if (after > seen.revision()) {
            throw StoreFailures.future(after, seen.revision());
        }
        if (after < seen.compacted()) {
            throw StoreFailures.compacted(after, seen.compacted());
        }
        Watch watch = new Watch(prefix, after, listener);
        watches.add(watch);
        return watch;
    }

    @Override
    public final void compact(long revision) {
        compaction.lock();
        try {
            committer.run(() -> markCompacted(revision));
            for (long[] next = forgotten.peek(); next != null; next = forgotten.peek()) {
                long[] gone = next;
                committer.run(() -> log.forget(gone));
                forgotten.remove();
            }
        } finally {
            compaction.unlock();
        }
    }

    @Override
    public final void close() {
        if (closed.compareAndSet(false, true)) {
            committer.close();
            watches.close();
            log.close();
        }
    }

    /// Does something that must not happen while a commit does.
    final void betweenCommits(Runnable work) {
        committer.run(work);
    }

    @SuppressWarnings("ReferenceEquality") // whether something was published since, be it equal or not
    private boolean isCurrent(State seen) {
        return state == seen;
    }

    private State open() {
        if (closed.get()) {
            throw StoreFailures.closed();
        }
        return state;
    }

    private long written(String key, long expected, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> done.revision();
            case Outcome.Failed failed -> throw StoreFailures.again(failed.reason());
            case Outcome.Conflict conflict -> throw StoreFailures.conflict(key, expected, current(key, conflict));
        };
    }

    /// What a write found in its way; should that be compacted already, what is there now.
    private @Nullable Stored current(String key, Outcome.Conflict conflict) {
        if (conflict.revision() == 0) {
            return null;
        }
        byte[] value = value(conflict.revision());
        return value == null ? get(key).orElse(null) : new Stored(key, value, conflict.revision());
    }

    private byte @Nullable [] value(long revision) {
        byte[] cached = cache.get(revision);
        if (cached != null) {
            return cached;
        }
        byte[] read = log.value(revision);
        if (read != null) {
            cache.put(revision, read);
        }
        return read;
    }

    private byte @Nullable [] valueForCommit(long revision) {
        byte[] cached = cache.get(revision);
        return cached == null ? log.valueForCommit(revision) : cached;
    }

    private byte[] @Nullable [] values(long[] revisions) {
        byte[] @Nullable [] values = new byte[revisions.length] @Nullable [];
        int[] places = new int[revisions.length];
        int missing = 0;
        for (int i = 0; i < revisions.length; i++) {
            values[i] = cache.get(revisions[i]);
            if (values[i] == null) {
                places[missing++] = i;
            }
        }
        if (missing > 0) {
            long[] wanted = new long[missing];
            Arrays.setAll(wanted, i -> revisions[places[i]]);
            byte[] @Nullable [] read = log.values(wanted);
            for (int i = 0; i < missing; i++) {
                values[places[i]] = read[i];
                if (read[i] != null) {
                    cache.offer(wanted[i], read[i]);
                }
            }
        }
        return values;
    }

    private Watches.Part changes(long after, long upTo, KeyRange range, int limit) {
        Optional<List<Change>> here = recent.after(after, limit);
        Watches.Part part;
        if (here.isPresent()) {
            List<Change> changes = here.get();
            part = new Watches.Part(
                    changes, changes.isEmpty() ? upTo : changes.getLast().revision());
        } else {
            List<Change> changes = new ArrayList<>();
            part = new Watches.Part(changes, log.changes(after, upTo, range, changes::add));
        }
        long compacted = state.compacted();
        if (after < compacted) {
            throw StoreFailures.compacted(after, compacted);
        }
        return part;
    }

    private void commit(List<Write> writes) {
        State base = state;
        Draft draft = new Draft(base.keys(), base.revision(), this::valueForCommit);
        try {
            writes.forEach(draft::add);
            if (!draft.entries().isEmpty()) {
                log.append(draft.entries());
            }
        } catch (RuntimeException e) {
            draft.fail(writes, e);
            return;
        }
        if (!draft.entries().isEmpty()) {
            draft.entries().forEach(this::remember);
            state = new State(draft.keys(), draft.revision(), base.compacted());
            recent.add(draft.changes());
        }
        draft.succeed(writes);
        watches.publish(draft.revision());
    }

    private void remember(LogEntry entry) {
        byte[] value = entry.value();
        if (value != null) {
            cache.put(entry.revision(), value);
        }
    }

    private void markCompacted(long revision) {
        State before = state;
        if (revision > before.revision()) {
            throw StoreFailures.future(revision, before.revision());
        }
        if (revision <= before.compacted()) {
            return;
        }
        LongStream.Builder gone = LongStream.builder();
        KeyIndex rest = before.keys().compacted(revision, gone);
        log.markCompacted(revision);
        state = new State(rest, before.revision(), revision);
        enqueue(gone.build().toArray());
    }

    private void enqueue(long[] revisions) {
        for (int i = 0; i < revisions.length; i += FORGET_AT_ONCE) {
            forgotten.add(Arrays.copyOfRange(revisions, i, Math.min(revisions.length, i + FORGET_AT_ONCE)));
        }
    }
}
