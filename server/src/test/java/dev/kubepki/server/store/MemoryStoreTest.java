package dev.kubepki.server.store;

class MemoryStoreTest extends StoreContract {
    @Override
    Store open() {
        return new MemoryStore(new StoreLimits(1000, 1000));
    }

    @Override
    Store reopen(Store before) {
        return before;
    }
}
