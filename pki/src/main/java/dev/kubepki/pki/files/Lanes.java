package dev.kubepki.pki.files;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs disk work side by side: a file system's journal takes many waiting fsyncs in one go. One lane runs each task
/// at once in the calling thread.
///
/// Bounded: [#run] waits while every lane is busy, so that no more contents than lanes are held in memory.
final class Lanes implements AutoCloseable {
    private final int count;
    private final Semaphore free;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private @Nullable ExecutorService threads;

    Lanes(int count) {
        this.count = count;
        this.free = new Semaphore(count);
    }

    /// Work on the disk.
    interface Task {
        void run() throws IOException;
    }

    /// Starts a task, or throws what an earlier one failed with.
    void run(Task task) throws IOException {
        if (count == 1) {
            task.run();
            return;
        }
        throwFailure();
        if (threads == null) {
            threads = Executors.newFixedThreadPool(
                    count, Thread.ofPlatform().name("files-", 0).daemon().factory());
        }
        free.acquireUninterruptibly();
        threads.execute(() -> {
            try {
                task.run();
            } catch (IOException | RuntimeException e) {
                failure.compareAndSet(null, e);
            } finally {
                free.release();
            }
        });
    }

    /// Waits until every task is done; throws what the first one failed with.
    void await() throws IOException {
        free.acquireUninterruptibly(count);
        free.release(count);
        throwFailure();
    }

    private void throwFailure() throws IOException {
        Exception first = failure.get();
        if (first instanceof IOException e) {
            throw e;
        }
        if (first instanceof RuntimeException e) {
            throw e;
        }
        if (first != null) {
            throw new IllegalStateException(first);
        }
    }

    /// Waits for the running tasks and ends the threads.
    @Override
    public void close() {
        if (threads != null) {
            threads.close();
        }
    }
}
