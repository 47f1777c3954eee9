package dev.kubepki.server.registry;

import dev.kubepki.api.failure.ApiFailure;

/// Takes the events of one watch, one thread at a time. It must not block: a sink whose client is too slow says so by
/// returning false, and its watch is ended.
public interface WatchSink {
    /// Types of an event.
    enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }

    /// Waits until the client took most of what it was sent. For whoever brings much at once from a thread of the
    /// watch's own: the objects that are there when it begins. False: no more, please.
    default boolean ready() {
        return true;
    }

    /// An event; false: no more, please.
    boolean event(Type type, StoredObject object);

    /// A bookmark; `initialEventsEnd` for the one that ends the initial events.
    boolean bookmark(long revision, boolean initialEventsEnd);

    /// The watch ended: by a failure that becomes an ERROR event, or by time.
    void ended(@org.jspecify.annotations.Nullable ApiFailure failure);
}
