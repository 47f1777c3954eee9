package dev.kubepki.acceptance.serve;

import dev.kubepki.acceptance.serve.History.Event;
import dev.kubepki.acceptance.serve.History.Feed;
import dev.kubepki.acceptance.serve.History.Verb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A client that watches from a revision that it keeps, and goes on from there whenever its watch breaks off.
final class Follower {
    private final Caller caller;
    private final boolean bookmarks;
    private final long after;
    private final List<Event> events = new ArrayList<>();
    private final Thread thread;
    private long kept;
    private @Nullable AssertionError failure;

    /// @param bookmarks whether revisions of bookmarks are kept too, or only those of events
    Follower(Caller caller, long after, boolean bookmarks) {
        this.caller = caller;
        this.bookmarks = bookmarks;
        this.after = after;
        this.kept = after;
        this.thread = Thread.ofVirtual().start(this::follow);
    }

    private void follow() {
        while (!Thread.currentThread().isInterrupted()) {
            try (Stream<ObjectNode> lines = caller.watch(path())) {
                for (Iterator<ObjectNode> each = lines.iterator(); each.hasNext(); ) {
                    heard(each.next());
                }
            } catch (IOException | UncheckedIOException e) {
                pause();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | AssertionError e) {
                failed(new AssertionError("a watch after " + kept() + " fails: " + e.getMessage(), e));
                return;
            }
        }
    }

    private synchronized String path() {
        return Load.PATH + "?watch=true&resourceVersion=" + kept + (bookmarks ? "&allowWatchBookmarks=true" : "");
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void heard(ObjectNode line) {
        String type = line.get("type").asString();
        if (type.equals("ERROR")) {
            throw new AssertionError("a watch from " + kept + " ends with " + line);
        }
        ObjectNode object = (ObjectNode) line.get("object");
        kept = Load.revisionOf(object);
        if (!type.equals("BOOKMARK")) {
            events.add(new Event(Verb.valueOf(type), Load.nameOf(object), kept, Load.mark(object)));
        }
        notifyAll();
    }

    private synchronized void failed(AssertionError e) {
        failure = e;
        notifyAll();
    }

    /// The newest revision that it heard of.
    synchronized long kept() {
        return kept;
    }

    /// Waits until it has heard of a revision, and ends it; what it heard.
    Feed until(long revision, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (this) {
            while (kept < revision && failure == null && System.nanoTime() < end) {
                wait(100);
            }
            if (failure != null) {
                throw failure;
            }
        }
        thread.interrupt();
        // Whoever was not told of that revision has missed it, which the check says.
        synchronized (this) {
            return new Feed(after, Math.max(revision, kept), List.copyOf(events));
        }
    }
}
