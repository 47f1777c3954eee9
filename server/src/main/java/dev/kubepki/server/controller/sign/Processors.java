package dev.kubepki.server.controller.sign;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The processors, which signing shares with those who ask the same process for something. It takes all of them while
/// nobody asks, and steps aside while many do: whoever has asked waits for an answer, a certificate may come later.
/// It never waits for ever, so that under any load some are signed.
///
/// Signatures are made by threads of their own: native code holds on to the thread that carries a virtual one, and the
/// few carriers are for requests.
public final class Processors implements AutoCloseable {
    private static final long MOST_NANOS = Duration.ofMillis(20).toNanos();
    private static final Duration STEP = Duration.ofMillis(1);

    private final BooleanSupplier wanted;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().name("signing-", 0).daemon().factory());

    /// @param wanted whether others wait for a processor
    public Processors(BooleanSupplier wanted) {
        this.wanted = wanted;
    }

    /// Those of a process that does nothing else.
    public static Processors unshared() {
        return new Processors(() -> false);
    }

    /// Has the work done; what it throws is thrown here.
    <T> T use(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(() -> inTurn(work), threads).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private <T> T inTurn(Supplier<T> work) {
        long start = System.nanoTime();
        try {
            while (wanted.getAsBoolean() && System.nanoTime() - start < MOST_NANOS) {
                Thread.sleep(STEP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return work.get();
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
