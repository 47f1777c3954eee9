package dev.kubepki.server.registry;

import dev.kubepki.api.failure.ApiFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Passes events on to somebody who takes his time, on a thread of their own. Of an object that changes faster than its
/// changes are taken, only the latest one is passed on.
final class Relay implements WatchSink, AutoCloseable {
    private final Follower follower;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<String, ObjectChange> pending = new LinkedHashMap<>();
    private @Nullable Thread thread;
    private boolean closed;

    Relay(Follower follower) {
        this.follower = follower;
    }

    /// From now on events go over the thread; before, whoever brings them waits.
    void start(String name) {
        lock.lock();
        try {
            thread = Thread.ofVirtual().name(name).start(this::run);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean event(Type type, StoredObject object) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            if (thread != null) {
                pending.put(object.key(), new ObjectChange(type, object));
                news.signal();
                return true;
            }
        } finally {
            lock.unlock();
        }
        return follower.event(type, object);
    }

    private void run() {
        for (ObjectChange change = next(); change != null; change = next()) {
            follower.event(change.type(), change.object());
        }
    }

    private @Nullable ObjectChange next() {
        lock.lock();
        try {
            while (pending.isEmpty() && !closed) {
                news.awaitUninterruptibly();
            }
            if (closed) {
                return null;
            }
            return pending.remove(pending.keySet().iterator().next());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean bookmark(long revision, boolean initialEventsEnd) {
        return true;
    }

    @Override
    public void ended(@Nullable ApiFailure failure) {
        follower.ended(failure);
        close();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }
}
