package dev.kubepki.server.registry;

import dev.kubepki.api.failure.ApiFailure;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Passes the events of a kind on to somebody inside the server.
record Follower(Consumer<ObjectChange> consumer) implements WatchSink {
    private static final System.Logger LOG = System.getLogger(Follower.class.getName());

    @Override
    public boolean event(Type type, StoredObject object) {
        try {
            consumer.accept(new ObjectChange(type, object));
        } catch (RuntimeException failure) {
            // One bad object must not end the picture that others are based on.
            LOG.log(System.Logger.Level.ERROR, () -> "a change of " + object.key() + " was not taken in", failure);
        }
        return true;
    }

    @Override
    public boolean bookmark(long revision, boolean initialEventsEnd) {
        return true;
    }

    @Override
    public void ended(@Nullable ApiFailure failure) {
        if (failure != null) {
            LOG.log(System.Logger.Level.ERROR, () -> "nobody tells of the store's changes: " + failure.message());
        }
    }
}
