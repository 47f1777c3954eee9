package dev.kubepki.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one thread that changes a store. It takes all writes that wait and commits them together, so that many callers
/// share one sync of the disk; other work of the same thread runs between commits.
final class Committer implements AutoCloseable {
    private static final int MOST_WRITES = 256;
    private static final int MOST_BYTES = 4 << 20;

    private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final ReentrantLock door = new ReentrantLock();
    private final Consumer<List<Write>> commit;
    private final Thread thread;
    private boolean closed;

    /// @param commit writes all of them and completes the future of each
    Committer(String name, Consumer<List<Write>> commit) {
        this.commit = commit;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /// Something for the thread to do.
    sealed interface Task permits Write, Chore, Stop {}

    /// A write that waits for its commit.
    ///
    /// @param value null to remove
    /// @param expected the revision that the key must have; 0: it must be absent
    @SuppressWarnings("ArrayRecordComponent") // each write is itself alone; never compared
    record Write(
            String key, byte[] keyBytes, byte @Nullable [] value, long expected, CompletableFuture<Outcome> outcome)
            implements Task {}

    /// Other work for the same thread.
    record Chore(Runnable work, CompletableFuture<Outcome> outcome) implements Task {}

    /// The last task.
    record Stop() implements Task {}

    /// What became of a write.
    sealed interface Outcome {
        /// Written.
        record Done(long revision) implements Outcome {}

        /// The key was at this revision instead; 0: absent.
        record Conflict(long revision) implements Outcome {}

        /// Failed.
        record Failed(RuntimeException reason) implements Outcome {}
    }

    void start() {
        thread.start();
    }

    /// Has a write committed, with others.
    Outcome write(String key, byte @Nullable [] value, long expected) {
        Write write = new Write(key, KeyRange.bytes(key), value, expected, new CompletableFuture<>());
        hand(write);
        return write.outcome().join();
    }

    /// Has the thread do something between two commits; its failure is thrown here.
    void run(Runnable work) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        hand(new Chore(work, outcome));
        if (outcome.join() instanceof Outcome.Failed failed) {
            throw StoreFailures.again(failed.reason());
        }
    }

    private void hand(Task task) {
        door.lock();
        try {
            if (closed) {
                throw StoreFailures.closed();
            }
            tasks.add(task);
        } finally {
            door.unlock();
        }
    }

    private void run() {
        List<Write> batch = new ArrayList<>();
        Task next = take();
        while (!(next instanceof Stop)) {
            if (next instanceof Write write) {
                next = gather(write, batch);
                commit.accept(batch);
                batch.clear();
            } else if (next instanceof Chore chore) {
                chore.outcome().complete(outcome(chore.work()));
                next = null;
            }
            if (next == null) {
                next = take();
            }
        }
    }

    /// Fills the batch; the task that is none of it and must come next, or null.
    private @Nullable Task gather(Write first, List<Write> batch) {
        int bytes = 0;
        Task next = first;
        while (next instanceof Write write) {
            batch.add(write);
            bytes += write.value() == null ? 0 : write.value().length;
            next = batch.size() < MOST_WRITES && bytes < MOST_BYTES ? tasks.poll() : null;
        }
        return next;
    }

    private static Outcome outcome(Runnable work) {
        try {
            work.run();
            return new Outcome.Done(0);
        } catch (RuntimeException e) {
            return new Outcome.Failed(e);
        }
    }

    private Task take() {
        while (true) {
            try {
                return tasks.take();
            } catch (InterruptedException e) {
                // Nobody has a reason to interrupt it; it ends when it is told to.
            }
        }
    }

    /// Finishes what was handed in, and takes no more.
    @Override
    public void close() {
        door.lock();
        try {
            if (!closed) {
                closed = true;
                tasks.add(new Stop());
            }
        } finally {
            door.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
