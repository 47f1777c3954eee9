package dev.kubepki.server.registry;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.server.store.Store;
import dev.kubepki.server.store.Store.Page;
import dev.kubepki.server.store.StoreFailure;
import dev.kubepki.server.store.StoreFailure.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Begins watches.
final class Watching {
    private static final int CHUNK = 500;
    private static final long SHORTEST_SECONDS = 1800;

    private final Core core;
    private final Feed feed;
    private final Revisions revisions;
    private final Timers timers;

    Watching(Core core, Feed feed, Revisions revisions, Timers timers) {
        this.core = core;
        this.feed = feed;
        this.revisions = revisions;
        this.timers = timers;
    }

    /// A watch of a collection or of a name.
    AutoCloseable watch(Resource resource, Call call, Options.ListWatch options, WatchSink sink) {
        ListRules.watch(options);
        Selection selection = Selection.of(resource, call, options);
        String version = options.resourceVersion();
        ResourceVersions.complaint(version).ifPresent(complaint -> {
            throw Failures.raw(complaint);
        });
        long revision = ResourceVersions.parse(version);
        revisions.await(revision);
        String prefix = resource.prefix(selection.namespace(call));
        Initial initial = Initial.of(options, revision);
        long from = revision == 0 ? core.store().revision() : revision;
        Renaming renaming = resource.renaming();
        WatchSink shown = renaming == null ? sink : new Renaming.Sink(sink, renaming);
        Watcher watcher =
                new Watcher(feed.topic(resource), prefix, selection, shown, options.allowWatchBookmarks(), from);
        if (initial == Initial.NONE) {
            begin(watcher);
        } else {
            boolean marked = initial == Initial.MARKED;
            Thread.ofVirtual().name("watch begins").start(() -> beginWithExisting(watcher, marked));
        }
        watcher.endsBy(timers.after(timeout(options.timeoutSeconds()), () -> feed.end(watcher)));
        return watcher;
    }

    private void beginWithExisting(Watcher watcher, boolean marked) {
        try {
            if (tellExisting(watcher, marked)) {
                begin(watcher);
            }
        } catch (StoreFailure failure) {
            watcher.end(Core.failure(failure));
        } catch (RuntimeException failure) {
            watcher.fail(failure);
        }
    }

    /// What a client is told of the objects that are there already.
    private enum Initial {
        NONE,
        /// An event for each.
        EVENTS,
        /// An event for each, and a bookmark that says that these were all.
        MARKED;

        static Initial of(Options.ListWatch options, long revision) {
            @Nullable Boolean asked = options.sendInitialEvents();
            if (asked == null) {
                return revision == 0 ? EVENTS : NONE;
            }
            if (!asked) {
                return NONE;
            }
            return options.allowWatchBookmarks() ? MARKED : EVENTS;
        }
    }

    /// Tells the objects there are, as they were at one revision, from which the watch then goes on.
    ///
    /// @return false when the watch is over
    boolean tellExisting(Watcher watcher, boolean marked) {
        Store store = core.store();
        long revision = 0;
        String from = "";
        while (true) {
            Page page = store.list(watcher.prefix(), from, CHUNK, revision);
            revision = page.revision();
            for (Store.Stored stored : page.items()) {
                if (!watcher.tellExisting(Reads.object(stored))) {
                    return false;
                }
            }
            if (!page.more()) {
                watcher.toldExisting(revision, marked);
                return true;
            }
            from = page.items().getLast().key() + "\u0000";
        }
    }

    /// Follows a kind for somebody who must not lag behind answers; what is there was told when it returns.
    void follow(Resource resource, WatchSink sink) {
        feed.topic(resource).followed();
        Watcher watcher = everything(resource, sink);
        tellExisting(watcher, false);
        begin(watcher);
    }

    /// Follows a kind for somebody who may lag behind.
    AutoCloseable observe(Resource resource, Relay relay) {
        Watcher watcher = everything(resource, relay);
        tellExisting(watcher, false);
        relay.start("observes " + resource.name());
        begin(watcher);
        return () -> {
            relay.close();
            watcher.close();
        };
    }

    private Watcher everything(Resource resource, WatchSink sink) {
        return new Watcher(feed.topic(resource), resource.root(), Selection.everything(resource), sink, false, 0);
    }

    private void begin(Watcher watcher) {
        if (watcher.topic().join(watcher)) {
            return;
        }
        long position = watcher.position();
        ApiFailure tooOld = Feed.tooOld(position, core.store().compactedRevision());
        if (position < core.store().compactedRevision()) {
            watcher.end(tooOld);
            return;
        }
        try {
            CatchUp.start(watcher, core.store());
        } catch (StoreFailure failure) {
            watcher.end(failure.reason() == Reason.COMPACTED ? tooOld : Core.failure(failure));
        }
    }

    private Duration timeout(@Nullable Long seconds) {
        long chosen = seconds == null || seconds <= 0
                ? SHORTEST_SECONDS + core.random().nextLong(SHORTEST_SECONDS)
                : seconds;
        return Duration.ofSeconds(chosen);
    }
}
