package dev.kubepki.server.registry;

import dev.kubepki.server.store.Store;
import dev.kubepki.server.store.Store.Page;
import dev.kubepki.server.store.Store.Stored;
import dev.kubepki.server.store.StoreFailure;
import dev.kubepki.server.store.StoreFailure.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the store is rid of in time: history, and events.
final class Upkeep {
    /// History is kept for this long at least, and for twice as long at most, as kube-apiserver does with etcd.
    static final Duration HISTORY = Duration.ofMinutes(5);

    static final Duration EVENTS = Duration.ofHours(1);
    private static final String EVENT_KEYS = Resource.STORE_ROOT + "events/";
    private static final int CHUNK = 500;
    private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());

    private final Store store;
    private final Feed feed;
    private final Clock clock;
    private long revisionBefore;

    Upkeep(Store store, Feed feed, Clock clock) {
        this.store = store;
        this.feed = feed;
        this.clock = clock;
    }

    /// Does what is due every [#HISTORY]; a failure is told to the log and tried again the next time.
    void run() {
        try {
            compact();
            removeOldEvents();
        } catch (StoreFailure failure) {
            LOG.log(System.Logger.Level.WARNING, () -> "upkeep of the store waits: " + failure.getMessage());
        }
    }

    /// Forgets what was history at the last time already, but for what watches have not been told.
    synchronized void compact() {
        long revision = Math.min(revisionBefore, feed.position());
        if (revision > store.compactedRevision()) {
            store.compact(revision);
        }
        revisionBefore = store.revision();
    }

    /// Removes events that nobody repeated for a while.
    void removeOldEvents() {
        Instant limit = clock.instant().minus(EVENTS);
        String from = "";
        while (true) {
            Page page = store.list(EVENT_KEYS, from, CHUNK, 0);
            for (Stored event : page.items()) {
                if (lastSeen(Trees.parse(event.value())).isBefore(limit)) {
                    remove(event);
                }
            }
            if (!page.more()) {
                return;
            }
            from = page.items().getLast().key() + "\u0000";
        }
    }

    private void remove(Stored event) {
        try {
            store.delete(event.key(), event.revision());
        } catch (StoreFailure failure) {
            // Somebody repeated it just now.
            if (failure.reason() != Reason.CONFLICT) {
                throw failure;
            }
        }
    }

    private static Instant lastSeen(ObjectNode event) {
        List<JsonNode> times = List.of(
                event.path("metadata").path("creationTimestamp"),
                event.path("lastTimestamp"),
                event.path("eventTime"),
                event.path("series").path("lastObservedTime"));
        return times.stream().flatMap(Upkeep::time).max(Instant::compareTo).orElse(Instant.EPOCH);
    }

    private static Stream<Instant> time(JsonNode text) {
        try {
            return text.isString()
                    ? Stream.of(OffsetDateTime.parse(text.stringValue()).toInstant())
                    : Stream.empty();
        } catch (DateTimeParseException noTime) {
            return Stream.empty();
        }
    }
}
