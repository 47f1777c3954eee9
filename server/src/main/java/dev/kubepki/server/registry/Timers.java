package dev.kubepki.server.registry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Does things later; whoever does much starts a thread of its own.
final class Timers implements AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;
    private final List<ScheduledFuture<?>> repeated = new CopyOnWriteArrayList<>();

    Timers() {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("registry-timer").daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
    }

    /// Once; closing the handle before takes it back.
    AutoCloseable after(Duration delay, Runnable task) {
        ScheduledFuture<?> future = executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    /// Again and again.
    void every(Duration period, Runnable task) {
        long millis = period.toMillis();
        repeated.add(executor.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        repeated.forEach(future -> future.cancel(false));
        executor.shutdownNow();
    }
}
