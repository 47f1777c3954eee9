package dev.kubepki.server.controller.publish;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Looks several times a second whether a bundle changed. What can't be read leaves the old one in place.
final class BundlePolling implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BundlePolling.class.getName());
    private static final long MILLIS = 300;

    private final Supplier<String> bundle;
    private final Runnable changed;
    private final ScheduledExecutorService timer;
    private volatile String last = "";
    private boolean told;

    /// @param bundle the certificates in PEM, as they are now
    BundlePolling(String name, Supplier<String> bundle, Runnable changed) {
        this.bundle = bundle;
        this.changed = changed;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name + "-bundle").daemon().factory());
    }

    /// Reads it for the first time, then again and again.
    void start() {
        look();
        ScheduledFuture<?> _ = timer.scheduleWithFixedDelay(this::look, MILLIS, MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            String now = bundle.get();
            told = false;
            if (!now.isEmpty() && !now.equals(last)) {
                last = now;
                changed.run();
            }
        } catch (RuntimeException e) {
            if (!told) {
                LOG.log(System.Logger.Level.WARNING, "the CA bundle to publish stays as it was: " + e.getMessage());
                told = true;
            }
        }
    }

    /// The last one that could be read; empty as long as there was none.
    String last() {
        return last;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
