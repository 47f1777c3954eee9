package dev.kubepki.server.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A read or write that the store could not do.
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What is wrong.
    public enum Reason {
        /// The key's revision is another one than expected, or the key is there or absent against expectation.
        CONFLICT,
        /// The revision is older than the history that is kept.
        COMPACTED,
        /// The revision is newer than the last write.
        FUTURE,
        /// The disk is full; reads go on.
        FULL,
        /// The store can't be reached, is closed, or the outcome is not known.
        UNAVAILABLE,
        /// What is stored can't be read.
        CORRUPT
    }

    private final Reason reason;
    private final transient Store.@Nullable Stored current;

    /// A failure with a sentence for a person.
    public StoreFailure(Reason reason, String message) {
        this(reason, message, null, null);
    }

    /// A failure with its cause and, of a conflict, what is there.
    public StoreFailure(Reason reason, String message, Store.@Nullable Stored current, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.current = current;
    }

    /// What is wrong.
    public Reason reason() {
        return reason;
    }

    /// Of a conflict: what is there; empty when the key is absent.
    public Optional<Store.Stored> current() {
        return Optional.ofNullable(current);
    }
}
