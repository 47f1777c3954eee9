package dev.kubepki.server.registry;

import dev.kubepki.api.failure.ApiFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A sink that writes down what it was told: `ADDED a@7`, `BOOKMARK@9`, `END`.
final class Heard implements WatchSink {
    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final int limit;
    private int taken;

    Heard() {
        this(Integer.MAX_VALUE);
    }

    /// @param limit so many events are taken, and no more
    Heard(int limit) {
        this.limit = limit;
    }

    @Override
    public boolean event(Type type, StoredObject object) {
        if (taken++ >= limit) {
            return false;
        }
        events.add(type + " " + Resource.nameOf(object.key()) + "@" + object.revision());
        return true;
    }

    @Override
    public boolean bookmark(long revision, boolean initialEventsEnd) {
        events.add((initialEventsEnd ? "INITIAL@" : "BOOKMARK@") + revision);
        return true;
    }

    @Override
    public void ended(@Nullable ApiFailure failure) {
        events.add(failure == null ? "END" : "END " + failure.message());
    }

    String next() throws InterruptedException {
        String event = events.poll(5, TimeUnit.SECONDS);
        return event == null ? "nothing" : event;
    }

    List<String> next(int count) throws InterruptedException {
        List<String> next = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            next.add(next());
        }
        return next;
    }

    boolean isQuiet() throws InterruptedException {
        return events.poll(100, TimeUnit.MILLISECONDS) == null;
    }
}
