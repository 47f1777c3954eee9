package dev.kubepki.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Looks from time to time whether files changed, so that certificates and keys are replaced without a restart.
final class FilePolling implements AutoCloseable {
    private static final long SECONDS = 1;

    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("files").daemon().factory());

    FilePolling(List<FileBacked<?>> files, List<FileBacked<?>> others) {
        List<FileBacked<?>> all = new ArrayList<>(files);
        all.addAll(others);
        for (FileBacked<?> file : all) {
            ScheduledFuture<?> _ = looks.scheduleWithFixedDelay(file::poll, SECONDS, SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        looks.shutdown();
    }
}
