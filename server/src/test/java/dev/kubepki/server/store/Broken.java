package dev.kubepki.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Stores with one fault each, for the checkers to find. The fault shows now and then, as real ones do.
class Broken implements Store {
    private static final int EVERY = 7;

    final Store store;
    private final AtomicInteger calls = new AtomicInteger();

    Broken(Store store) {
        this.store = store;
    }

    boolean now() {
        return calls.incrementAndGet() % EVERY == 0;
    }

    @Override
    public Optional<Stored> get(String key) {
        return store.get(key);
    }

    @Override
    public Page list(String prefix, String from, int limit, long revision) {
        return store.list(prefix, from, limit, revision);
    }

    @Override
    public long count(String prefix) {
        return store.count(prefix);
    }

    @Override
    public long put(String key, byte[] value, long expected) {
        return store.put(key, value, expected);
    }

    @Override
    public long delete(String key, long expected) {
        return store.delete(key, expected);
    }

    @Override
    public long revision() {
        return store.revision();
    }

    @Override
    public long compactedRevision() {
        return store.compactedRevision();
    }

    @Override
    public Subscription watch(String prefix, long after, Listener listener) {
        return store.watch(prefix, after, listener);
    }

    @Override
    public void compact(long revision) {
        store.compact(revision);
    }

    @Override
    public void close() {
        store.close();
    }

    /// Passes changes on in another way.
    abstract static class Retold extends Broken {
        Retold(Store store) {
            super(store);
        }

        abstract List<Change> retell(List<Change> changes);

        @Override
        public Subscription watch(String prefix, long after, Listener listener) {
            return store.watch(prefix, after, new Listener() {
                @Override
                public void changed(List<Change> changes) {
                    listener.changed(retell(changes));
                }

                @Override
                public void ended(StoreFailure reason) {
                    listener.ended(reason);
                }
            });
        }
    }

    /// A watch misses a change.
    static final class LosesChanges extends Retold {
        LosesChanges(Store store) {
            super(store);
        }

        @Override
        List<Change> retell(List<Change> changes) {
            return now() ? changes.subList(1, changes.size()) : changes;
        }
    }

    /// A watch hears a change twice.
    static final class RepeatsChanges extends Retold {
        RepeatsChanges(Store store) {
            super(store);
        }

        @Override
        List<Change> retell(List<Change> changes) {
            List<Change> more = new ArrayList<>(changes);
            if (now()) {
                more.add(changes.getLast());
            }
            return more;
        }
    }

    /// Two writes have one revision.
    static final class RepeatsRevisions extends Broken {
        RepeatsRevisions(Store store) {
            super(store);
        }

        @Override
        public long put(String key, byte[] value, long expected) {
            long revision = super.put(key, value, expected);
            return now() ? revision - 1 : revision;
        }
    }

    /// A read shows what was there before the last write.
    static final class ReadsStale extends Broken {
        private volatile Optional<Stored> seen = Optional.empty();

        ReadsStale(Store store) {
            super(store);
        }

        @Override
        public long put(String key, byte[] value, long expected) {
            Optional<Stored> before = super.get(key);
            long revision = super.put(key, value, expected);
            seen = before;
            return revision;
        }

        @Override
        public Optional<Stored> get(String key) {
            Optional<Stored> old = seen;
            return old.isPresent() && old.get().key().equals(key) ? old : super.get(key);
        }
    }

    /// The later pages of a list show a later moment.
    static final class TearsLists extends Broken {
        TearsLists(Store store) {
            super(store);
        }

        @Override
        public Page list(String prefix, String from, int limit, long revision) {
            Page page = super.list(prefix, from, limit, 0);
            return new Page(page.items(), revision == 0 ? page.revision() : revision, page.more(), page.remaining());
        }
    }

    /// A list shows several moments: each item is read when its turn comes.
    static final class ReadsListsItemByItem extends Broken {
        ReadsListsItemByItem(Store store) {
            super(store);
        }

        @Override
        public Page list(String prefix, String from, int limit, long revision) {
            Page page = super.list(prefix, from, limit, revision);
            List<Stored> later = new ArrayList<>();
            for (Stored each : page.items()) {
                later.add(super.get(each.key()).orElse(each));
                LockSupport.parkNanos(1000);
            }
            return new Page(later, page.revision(), page.more(), page.remaining());
        }
    }

    /// A write is acknowledged and not done.
    static final class ForgetsWrites extends Broken {
        ForgetsWrites(Store store) {
            super(store);
        }

        @Override
        public long put(String key, byte[] value, long expected) {
            return now() ? super.revision() + 1 : super.put(key, value, expected);
        }
    }

    /// A write is done though something else is there than expected.
    static final class IgnoresConflicts extends Broken {
        IgnoresConflicts(Store store) {
            super(store);
        }

        @Override
        public long put(String key, byte[] value, long expected) {
            long there = super.get(key).map(Stored::revision).orElse(0L);
            return super.put(key, value, now() ? there : expected);
        }
    }
}
