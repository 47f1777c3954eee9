package dev.kubepki.server.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// The requests in work, each with the time by which it must be answered.
final class InFlight implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;

    private final Set<Entry> entries = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("deadlines").daemon().factory());

    InFlight() {
        ScheduledFuture<?> _ =
                looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// A request came in.
    ///
    /// @param late answers it when its time is over
    Entry enter(Duration time, Runnable late) {
        Entry entry = new Entry(System.nanoTime() + time.toNanos(), late);
        entries.add(entry);
        return entry;
    }

    private void look() {
        long now = System.nanoTime();
        for (Entry entry : entries) {
            if (now - entry.deadline > 0 && entry.leave()) {
                entry.late.run();
            }
        }
    }

    @Override
    public void close() {
        looks.shutdown();
    }

    /// A request in work.
    final class Entry {
        private final long deadline;
        private final Runnable late;
        private final AtomicBoolean left = new AtomicBoolean();

        private Entry(long deadline, Runnable late) {
            this.deadline = deadline;
            this.late = late;
        }

        /// Whether the caller is the one who answers: the pipeline, or the deadline.
        boolean leave() {
            if (left.compareAndSet(false, true)) {
                entries.remove(this);
                return true;
            }
            return false;
        }
    }
}
