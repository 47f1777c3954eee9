package dev.kubepki.server.store;

/// A store that is gone with its process: for tests, and for a server inside a test.
public final class MemoryStore extends LogStore {
    /// An empty store.
    public MemoryStore() {
        this(StoreLimits.standard());
    }

    MemoryStore(StoreLimits limits) {
        super(new MemoryLog(), limits);
    }
}
