package dev.kubepki.server.registry;

import dev.kubepki.api.failure.ApiFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The changes of one kind: the last ones, and those who watch.
final class Topic {
    private static final int RING_EVENTS = 10_000;
    private static final long RING_BYTES = 4L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Event> ring = new ArrayDeque<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private final Map<String, List<Watcher>> byName = new HashMap<>();
    private long ringBytes;
    private long ringStart;
    private volatile boolean dirty;
    private volatile boolean followed;

    /// @param start the revision from which on it will be told all changes
    Topic(long start) {
        this.ringStart = start;
    }

    /// Whether somebody inside the server keeps a picture of the kind, who must not lag behind answers.
    boolean isFollowed() {
        return followed;
    }

    void followed() {
        followed = true;
    }

    /// Takes the next change.
    void publish(Event event) {
        lock.lock();
        try {
            keep(event);
            watchers.forEach(watcher -> watcher.tell(event));
            List<Watcher> named = byName.get(Resource.nameOf(event.key()));
            if (named != null) {
                named.forEach(watcher -> watcher.tell(event));
            }
            sweep();
        } finally {
            lock.unlock();
        }
    }

    private void keep(Event event) {
        ring.addLast(event);
        ringBytes += event.weight();
        while (ring.size() > RING_EVENTS || ringBytes > RING_BYTES) {
            Event oldest = ring.removeFirst();
            ringBytes -= oldest.weight();
            ringStart = oldest.revision();
        }
    }

    /// Lets a watch in and tells it what it missed; false when that is no longer known here.
    boolean join(Watcher watcher) {
        lock.lock();
        try {
            long position = watcher.position();
            if (position < ringStart) {
                return false;
            }
            for (Event event : ring) {
                if (event.revision() > position) {
                    watcher.tell(event);
                }
            }
            if (!watcher.isClosed()) {
                listOf(watcher).add(watcher);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private List<Watcher> listOf(Watcher watcher) {
        return watcher.onlyName()
                .map(name -> byName.computeIfAbsent(name, any -> new ArrayList<>(1)))
                .orElse(watchers);
    }

    /// Some watch was closed: it is forgotten at the next occasion. Takes no lock, so that any thread may close one.
    void left() {
        dirty = true;
    }

    private void sweep() {
        if (dirty) {
            dirty = false;
            watchers.removeIf(Watcher::isClosed);
            byName.values().removeIf(named -> {
                named.removeIf(Watcher::isClosed);
                return named.isEmpty();
            });
        }
    }

    /// All changes up to the revision were told: so the watches may say.
    void bookmark(long revision) {
        forEach(watcher -> watcher.bookmark(revision));
    }

    void end(@Nullable ApiFailure failure) {
        forEach(watcher -> watcher.end(failure));
    }

    private void forEach(Consumer<Watcher> action) {
        lock.lock();
        try {
            watchers.forEach(action);
            byName.values().forEach(named -> named.forEach(action));
            sweep();
        } finally {
            lock.unlock();
        }
    }

    /// Forgets watches that were closed.
    void tidy() {
        if (dirty) {
            forEach(watcher -> {});
        }
    }

    /// How many watches there are.
    int size() {
        lock.lock();
        try {
            sweep();
            return watchers.size()
                    + byName.values().stream().mapToInt(List::size).sum();
        } finally {
            lock.unlock();
        }
    }
}
