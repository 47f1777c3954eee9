package dev.kubepki.server.registry;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One watch: what it chooses, who takes its events, and how far it has got.
final class Watcher implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Watcher.class.getName());

    private final Topic topic;
    private final String prefix;
    private final Selection selection;
    private final WatchSink sink;
    private final boolean bookmarks;
    private final @Nullable String onlyName;
    private long position;
    private volatile boolean closed;
    private @Nullable AutoCloseable timer;

    /// @param prefix of the keys it is about
    /// @param position the revision from which on it wants to know
    Watcher(Topic topic, String prefix, Selection selection, WatchSink sink, boolean bookmarks, long position) {
        this.topic = topic;
        this.prefix = prefix;
        this.selection = selection;
        this.sink = sink;
        this.bookmarks = bookmarks;
        this.onlyName = selection.name().orElse(null);
        this.position = position;
    }

    /// The one name it is about, if it is.
    Optional<String> onlyName() {
        return Optional.ofNullable(onlyName);
    }

    String prefix() {
        return prefix;
    }

    Topic topic() {
        return topic;
    }

    boolean isClosed() {
        return closed;
    }

    synchronized long position() {
        return position;
    }

    /// Tells an object that is there already, as soon as there is room; the thread may wait.
    ///
    /// @return false when the watch is over
    boolean tellExisting(SplicedObject object) {
        if (selection.matches(object) && (!sink.ready() || closed || !sink.event(WatchSink.Type.ADDED, object))) {
            close();
        }
        return !closed;
    }

    /// All that was there at a revision was told; the client may want to know.
    synchronized void toldExisting(long revision, boolean marked) {
        position = revision;
        if (marked && !closed && !sink.bookmark(revision, true)) {
            close();
        }
    }

    /// An event, unless it is over or was told before.
    synchronized void tell(Event event) {
        if (closed || event.revision() <= position) {
            return;
        }
        position = event.revision();
        try {
            if (event.key().startsWith(prefix) && !event.tell(selection, sink)) {
                close();
            }
        } catch (RuntimeException failure) {
            // One watch that can't be served must not stop the others.
            fail(failure);
        }
    }

    /// Ends it because of a fault inside.
    void fail(RuntimeException failure) {
        LOG.log(System.Logger.Level.ERROR, () -> "a watch of " + prefix + " failed", failure);
        end(Failures.internal("the watch failed: " + failure.getMessage()));
    }

    /// Says how far the watch is, when its client wants to know; all events up to the revision were told.
    synchronized void bookmark(long revision) {
        position = Math.max(position, revision);
        if (!closed && bookmarks && !sink.bookmark(position, false)) {
            close();
        }
    }

    /// Ends it in the client's sight.
    synchronized void end(@Nullable ApiFailure failure) {
        if (!closed) {
            close();
            sink.ended(failure);
        }
    }

    synchronized void endsBy(AutoCloseable timer) {
        this.timer = timer;
    }

    @Override
    public void close() {
        closed = true;
        topic.left();
        AutoCloseable running = timer;
        if (running != null) {
            try {
                running.close();
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
