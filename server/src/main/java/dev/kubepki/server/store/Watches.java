package dev.kubepki.server.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Tells all watches what was committed. A commit only says that it happened: one thread of its own then goes round
/// those who are up to date, and whoever starts in the past first catches up in a thread of its own.
final class Watches implements AutoCloseable {
    private static final int PART = 512;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final List<Watch> current = new ArrayList<>();
    private final History history;
    private final String name;
    private final Thread thread;
    private long published;
    private volatile long told;
    private boolean closed;

    /// @param revision that the store is at
    Watches(String name, History history, long revision) {
        this.name = name;
        this.history = history;
        this.published = revision;
        this.told = revision;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::goRound);
    }

    /// Where changes can be read again.
    interface History {
        /// The changes after one revision, up to another at most.
        ///
        /// @throws StoreFailure with COMPACTED if they are not all kept
        Part changes(long after, long upTo, KeyRange range, int limit);
    }

    /// Changes, and the revision up to which they are all.
    record Part(List<Store.Change> changes, long reaches) {}

    void start() {
        thread.start();
    }

    /// Says that the store is at this revision now.
    void publish(long revision) {
        lock.lock();
        try {
            published = revision;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    void add(Watch watch) {
        lock.lock();
        try {
            if (closed) {
                throw StoreFailures.closed();
            }
            if (watch.position() >= told) {
                current.add(watch);
                return;
            }
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name(name + " catches up").start(() -> catchUp(watch));
    }

    private void catchUp(Watch watch) {
        try {
            while (!watch.isOver() && !joined(watch)) {
                Part part = history.changes(watch.position(), published(), watch.range(), PART);
                watch.tell(part.changes(), part.reaches());
            }
        } catch (RuntimeException e) {
            watch.end(ending(e));
        }
    }

    private static StoreFailure ending(RuntimeException failure) {
        return failure instanceof StoreFailure known
                ? known
                : new StoreFailure(
                        StoreFailure.Reason.UNAVAILABLE, "the watch ended: history can't be read", null, failure);
    }

    private long published() {
        lock.lock();
        try {
            return published;
        } finally {
            lock.unlock();
        }
    }

    /// Whether the watch is far enough to go with the others.
    private boolean joined(Watch watch) {
        lock.lock();
        try {
            if (closed) {
                throw StoreFailures.closed();
            }
            return watch.position() >= told && current.add(watch);
        } finally {
            lock.unlock();
        }
    }

    private void goRound() {
        while (isNews()) {
            Part part;
            try {
                part = history.changes(told, published(), KeyRange.of("", ""), PART);
            } catch (RuntimeException e) {
                leave().forEach(watch -> watch.end(ending(e)));
                continue;
            }
            for (Watch watch : reach(part.reaches())) {
                watch.tell(part.changes(), part.reaches());
            }
        }
        leave().forEach(watch -> watch.end(StoreFailures.closed()));
    }

    /// Waits until somebody must hear something; false when the store is closed and all have heard all.
    private boolean isNews() {
        lock.lock();
        try {
            while (true) {
                current.removeIf(Watch::isOver);
                told = current.isEmpty() ? Math.max(told, published) : told;
                if (told < published) {
                    return true;
                }
                if (closed) {
                    return false;
                }
                news.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Who is to hear of the changes up to the revision: those who are here now. Whoever comes later must know them.
    private List<Watch> reach(long revision) {
        lock.lock();
        try {
            told = Math.max(told, revision);
            return List.copyOf(current);
        } finally {
            lock.unlock();
        }
    }

    private List<Watch> leave() {
        lock.lock();
        try {
            List<Watch> all = List.copyOf(current);
            current.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    /// Tells what was committed until now, then ends all watches. A listener that hangs is not waited for.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signal();
        } finally {
            lock.unlock();
        }
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
