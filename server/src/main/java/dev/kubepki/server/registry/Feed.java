package dev.kubepki.server.registry;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.server.store.Store;
import dev.kubepki.server.store.Store.Change;
import dev.kubepki.server.store.StoreFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Tells all changes of the store, in order and once, to those who watch a kind: one subscription and one thread for
/// all of them.
final class Feed implements AutoCloseable {
    /// So much history is read at the start, that clients who come back after a restart go on where they were.
    private static final long WARM = 1000;

    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Store store;
    private final Map<String, Topic> topics = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<Message> queue = new LinkedBlockingQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    /// Held while changes are told and while a topic begins, which so knows all changes from its beginning on.
    private final Object telling = new Object();
    private final Thread thread;
    private volatile long position;
    private volatile boolean closed;
    private volatile Store.@Nullable Subscription subscription;

    /// What its thread is asked to do, in the order in which it was asked.
    private sealed interface Message {
        record Changed(List<Change> changes) implements Message {}

        record Bookmark() implements Message {}

        record Tidy() implements Message {}

        record End(Watcher watcher) implements Message {}

        record Lost(StoreFailure reason) implements Message {}

        record Stop() implements Message {}
    }

    Feed(Store store) {
        this.store = store;
        this.position = Math.max(store.compactedRevision(), store.revision() - WARM);
        this.thread = Thread.ofPlatform().name("feed").daemon().unstarted(this::run);
    }

    void start() {
        subscribe();
        thread.start();
    }

    /// Of a kind, by the place of its keys.
    Topic topic(Resource resource) {
        String path = resource.kind().storagePath();
        Topic topic = topics.get(path);
        if (topic != null) {
            return topic;
        }
        synchronized (telling) {
            return topics.computeIfAbsent(path, absent -> new Topic(position));
        }
    }

    /// All changes up to it were told.
    long position() {
        return position;
    }

    /// Asks for bookmarks.
    void bookmark() {
        queue.add(new Message.Bookmark());
    }

    /// Asks for closed watches to be forgotten.
    void tidy() {
        queue.add(new Message.Tidy());
    }

    /// Asks for a watch to be ended, its time being over.
    void end(Watcher watcher) {
        queue.add(new Message.End(watcher));
    }

    private void subscribe() {
        subscription = store.watch(Resource.STORE_ROOT, position, new Store.Listener() {
            @Override
            public void changed(List<Change> changes) {
                queue.add(new Message.Changed(changes));
            }

            @Override
            public void ended(StoreFailure reason) {
                queue.add(new Message.Lost(reason));
            }
        });
    }

    private void run() {
        try {
            while (!closed) {
                handle(queue.take());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        topics.values().forEach(topic -> topic.end(null));
    }

    private void handle(Message message) throws InterruptedException {
        switch (message) {
            case Message.Changed changed -> publish(changed.changes());
            case Message.Bookmark bookmark -> topics.values().forEach(topic -> topic.bookmark(position));
            case Message.Tidy tidy -> topics.values().forEach(Topic::tidy);
            case Message.End end -> {
                end.watcher().bookmark(end.watcher().position());
                end.watcher().end(null);
            }
            case Message.Lost lost -> again(lost.reason());
            case Message.Stop stop -> closed = true;
        }
    }

    private void publish(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        synchronized (telling) {
            for (Change change : changes) {
                topicOf(change.key()).ifPresent(topic -> topic.publish(Event.of(change)));
            }
            position = changes.getLast().revision();
        }
        lock.lock();
        try {
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The folder of a key is one segment, or two: `services/specs`.
    private Optional<Topic> topicOf(String key) {
        int start = Resource.STORE_ROOT.length();
        int slash = key.indexOf('/', start);
        if (slash < 0) {
            return Optional.empty();
        }
        Topic topic = topics.get(key.substring(start, slash));
        if (topic == null) {
            int second = key.indexOf('/', slash + 1);
            topic = second < 0 ? null : topics.get(key.substring(start, second));
        }
        return Optional.ofNullable(topic);
    }

    private void again(StoreFailure reason) throws InterruptedException {
        while (!closed) {
            try {
                subscribe();
                return;
            } catch (StoreFailure failure) {
                ApiFailure told = failure.reason() == StoreFailure.Reason.COMPACTED
                        ? tooOld(position, store.compactedRevision())
                        : Failures.serviceUnavailable(String.valueOf(reason.getMessage()), 1);
                topics.values().forEach(topic -> topic.end(told));
                TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
            }
        }
    }

    static ApiFailure tooOld(long asked, long oldest) {
        return Failures.expired("too old resource version: " + asked + " (" + oldest + ")");
    }

    /// Returns when all changes up to the revision were told, or after a while.
    void awaitTold(long revision) {
        long nanos = PATIENCE.toNanos();
        lock.lock();
        try {
            while (position < revision && nanos > 0 && !closed) {
                nanos = told.awaitNanos(nanos);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Store.Subscription running = subscription;
        if (running != null) {
            running.close();
        }
        queue.add(new Message.Stop());
    }
}
