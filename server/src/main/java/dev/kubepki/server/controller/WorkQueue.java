package dev.kubepki.server.controller;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Keys that await work: each by one worker at a time, a key that failed again after a while that grows.
///
/// A key that is added while it is worked on is worked on once more afterwards.
public final class WorkQueue implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WorkQueue.class.getName());
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1000);
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final ExecutorService workers;
    private final ScheduledExecutorService timer;
    private final Consumer<String> work;
    private final Duration longestWait;
    private final Set<String> waiting = new HashSet<>();
    private final Set<String> running = new HashSet<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private long quietUntil = System.nanoTime();

    /// @param work does what a key needs; what it throws makes the key wait and come again
    public WorkQueue(String name, int workers, Consumer<String> work) {
        this(name, workers, LONGEST_WAIT, work);
    }

    /// @param longestWait until a key that failed comes again, however often it failed
    public WorkQueue(String name, int workers, Duration longestWait, Consumer<String> work) {
        this.workers = Executors.newFixedThreadPool(
                workers, Thread.ofVirtual().name(name + "-", 0).factory());
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name + "-timer").daemon().factory());
        this.longestWait = longestWait;
        this.work = work;
    }

    /// Asks for work on a key, soon.
    public synchronized void add(String key) {
        if (!waiting.add(key) || running.contains(key) || workers.isShutdown()) {
            return;
        }
        workers.execute(() -> run(key));
    }

    private void run(String key) {
        synchronized (this) {
            waiting.remove(key);
            running.add(key);
        }
        boolean done = attempt(key);
        synchronized (this) {
            running.remove(key);
            if (done) {
                failures.remove(key);
            } else {
                retry(key);
            }
            if (waiting.contains(key) && !workers.isShutdown()) {
                workers.execute(() -> run(key));
            }
        }
    }

    private boolean attempt(String key) {
        try {
            work.accept(key);
            return true;
        } catch (RuntimeException e) {
            LOG.log(level(), () -> key + " waits: " + e.getMessage());
            return false;
        }
    }

    /// A trouble of many keys is told once a minute.
    private synchronized System.Logger.Level level() {
        long now = System.nanoTime();
        if (now - quietUntil < 0) {
            return System.Logger.Level.DEBUG;
        }
        quietUntil = now + QUIET.toNanos();
        return System.Logger.Level.WARNING;
    }

    private void retry(String key) {
        int failed = failures.merge(key, 1, Integer::sum);
        long wait = Math.min(FIRST_WAIT.toMillis() << Math.min(failed - 1, 20), longestWait.toMillis());
        if (!timer.isShutdown()) {
            ScheduledFuture<?> _ = timer.schedule(() -> add(key), wait, TimeUnit.MILLISECONDS);
        }
    }

    /// How many keys failed and wait for another attempt.
    public synchronized int failing() {
        return failures.size();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdown();
    }
}
