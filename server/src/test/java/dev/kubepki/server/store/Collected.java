package dev.kubepki.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A listener that keeps what it hears.
final class Collected implements Store.Listener {
    private final Duration patience;
    private final List<Store.Change> changes = new ArrayList<>();
    private @Nullable StoreFailure ending;

    Collected() {
        this(Duration.ofSeconds(20));
    }

    /// @param patience how long to wait for what should come
    Collected(Duration patience) {
        this.patience = patience;
    }

    @Override
    public synchronized void changed(List<Store.Change> more) {
        changes.addAll(more);
        notifyAll();
    }

    @Override
    public synchronized void ended(StoreFailure reason) {
        ending = reason;
        notifyAll();
    }

    synchronized List<Store.Change> changes() {
        return List.copyOf(changes);
    }

    /// Waits until so many changes have come.
    synchronized List<Store.Change> await(int count) {
        await(() -> changes.size() >= count || ending != null);
        assertThat(changes).hasSizeGreaterThanOrEqualTo(count);
        return List.copyOf(changes);
    }

    /// Waits until the watch is over.
    synchronized StoreFailure awaitEnd() {
        await(() -> ending != null);
        return Objects.requireNonNull(ending, "the watch goes on");
    }

    private void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            try {
                wait(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
