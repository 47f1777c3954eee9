package dev.kubepki.server.registry;

/// What became of an object of a kind that somebody follows.
///
/// @param object the new state; of a deleted one the last
public record ObjectChange(WatchSink.Type type, StoredObject object) {
    /// Whether it is gone.
    public boolean isDeleted() {
        return type == WatchSink.Type.DELETED;
    }
}
