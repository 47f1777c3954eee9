package dev.kubepki.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// One watch: how far its listener is. Only the thread whose turn it is tells it of changes.
final class Watch implements Store.Subscription {
    private final String prefix;
    private final KeyRange range;
    private final Store.Listener listener;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile long position;

    Watch(String prefix, long after, Store.Listener listener) {
        this.prefix = prefix;
        this.range = KeyRange.of(prefix, prefix);
        this.position = after;
        this.listener = listener;
    }

    KeyRange range() {
        return range;
    }

    long position() {
        return position;
    }

    boolean isOver() {
        return over.get();
    }

    /// Tells the listener what it does not know yet. If the listener fails, this watch is over and no other.
    ///
    /// @param reaches the revision up to which these are all changes
    void tell(List<Store.Change> changes, long reaches) {
        List<Store.Change> mine = new ArrayList<>();
        for (Store.Change change : changes) {
            if (change.revision() > position && change.key().startsWith(prefix)) {
                mine.add(change);
            }
        }
        position = Math.max(position, reaches);
        if (mine.isEmpty() || isOver()) {
            return;
        }
        try {
            listener.changed(mine);
        } catch (RuntimeException e) {
            end(new StoreFailure(
                    StoreFailure.Reason.UNAVAILABLE,
                    "the watch of '" + prefix + "' ended: its listener failed",
                    null,
                    e));
        }
    }

    /// Ends it from the store's side.
    void end(StoreFailure reason) {
        if (over.compareAndSet(false, true)) {
            try {
                listener.ended(reason);
            } catch (RuntimeException e) {
                // It is over already, and nobody else may suffer from it.
            }
        }
    }

    @Override
    public void close() {
        over.set(true);
    }
}
