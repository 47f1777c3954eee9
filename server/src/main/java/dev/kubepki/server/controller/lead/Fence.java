package dev.kubepki.server.controller.lead;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Lets writes through for as long as somebody leads, and none after it was closed.
final class Fence {
    private static final long PATIENCE_SECONDS = 5;

    private final BooleanSupplier leads;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile boolean closed;

    /// A write that came too late.
    static final class NotLeading extends IllegalStateException {
        private static final long serialVersionUID = 1;

        NotLeading() {
            super("this controller does not lead, and writes nothing");
        }
    }

    /// @param leads asked before each write
    Fence(BooleanSupplier leads) {
        this.leads = leads;
    }

    <T> T through(Supplier<T> write) {
        Lock passing = lock.readLock();
        passing.lock();
        try {
            if (closed || !leads.getAsBoolean()) {
                throw new NotLeading();
            }
            return write.get();
        } finally {
            passing.unlock();
        }
    }

    /// No write begins after this. Those under way are waited for, for a while.
    void close() {
        closed = true;
        Lock all = lock.writeLock();
        try {
            if (all.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                all.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
