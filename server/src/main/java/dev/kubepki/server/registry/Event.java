package dev.kubepki.server.registry;

import dev.kubepki.server.store.Store.Change;
import org.jspecify.annotations.Nullable;

/// A change of one object, shared by all who watch its kind, so that its bytes are rendered and its labels read once.
///
/// @param current the new state; null: it was deleted
/// @param previous the state before, with the revision of this change, as DELETED shows it; null: it was created
record Event(
        String key,
        long revision,
        @Nullable SplicedObject current,
        @Nullable SplicedObject previous) {
    static Event of(Change change) {
        String key = change.key();
        long revision = change.revision();
        return new Event(
                key,
                revision,
                change.value()
                        .map(value -> new SplicedObject(key, revision, value))
                        .orElse(null),
                change.previous()
                        .map(value -> new SplicedObject(key, revision, value))
                        .orElse(null));
    }

    /// How many bytes it keeps alive, about.
    long weight() {
        return 256 + weight(current) + weight(previous);
    }

    private static long weight(@Nullable SplicedObject object) {
        return object == null ? 0 : object.json().length;
    }

    /// Tells it to one watch, as a change of what the selection chooses.
    ///
    /// @return false when the sink takes no more
    boolean tell(Selection selection, WatchSink sink) {
        SplicedObject after = current != null && selection.matches(current) ? current : null;
        SplicedObject before = previous != null && selection.matches(previous) ? previous : null;
        if (after != null) {
            return sink.event(before == null ? WatchSink.Type.ADDED : WatchSink.Type.MODIFIED, after);
        }
        return before == null || sink.event(WatchSink.Type.DELETED, before);
    }
}
