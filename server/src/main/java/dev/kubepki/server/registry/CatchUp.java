package dev.kubepki.server.registry;

import dev.kubepki.server.store.Store;
import dev.kubepki.server.store.Store.Change;
import dev.kubepki.server.store.StoreFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A watch that begins further back than its topic remembers: the store's history tells it what it missed, until it can
/// go on with the others.
final class CatchUp implements Store.Listener {
    private final Watcher watcher;
    private final Store store;
    private boolean done;
    private Store.@Nullable Subscription subscription;

    private CatchUp(Watcher watcher, Store store) {
        this.watcher = watcher;
        this.store = store;
    }

    /// Begins.
    ///
    /// @throws StoreFailure with COMPACTED when history does not reach back to it
    static void start(Watcher watcher, Store store) {
        CatchUp catchUp = new CatchUp(watcher, store);
        catchUp.started(store.watch(watcher.prefix(), watcher.position(), catchUp));
    }

    /// The first changes may have come before the subscription is known here.
    private synchronized void started(Store.Subscription running) {
        subscription = running;
        if (done) {
            running.close();
        }
    }

    @Override
    public void changed(List<Change> changes) {
        for (Change change : changes) {
            watcher.tell(Event.of(change));
        }
        if (watcher.isClosed() || watcher.topic().join(watcher)) {
            stop();
        }
    }

    private synchronized void stop() {
        done = true;
        if (subscription != null) {
            subscription.close();
        }
    }

    @Override
    public synchronized void ended(StoreFailure reason) {
        if (!done) {
            done = true;
            watcher.end(
                    reason.reason() == StoreFailure.Reason.COMPACTED
                            ? Feed.tooOld(watcher.position(), store.compactedRevision())
                            : Core.failure(reason));
        }
    }
}
