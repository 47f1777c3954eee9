package dev.kubepki.server.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.server.store.MemoryStore;
import dev.kubepki.server.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpkeepTest {
    private final Store store = new MemoryStore();
    private final Feed feed = new Feed(store);
    private final Upkeep upkeep =
            new Upkeep(store, feed, Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC));

    @AfterEach
    void close() {
        feed.close();
        store.close();
    }

    private void put(String name, String event) {
        store.put("/registry/events/default/" + name, event.replace('\'', '"').getBytes(StandardCharsets.UTF_8), 0);
    }

    @Test
    void removesEventsThatNobodyRepeatedForAnHour() {
        put("old", "{'metadata':{'creationTimestamp':'2026-11-22T10:59:59Z'}}");
        put("new", "{'metadata':{'creationTimestamp':'2026-11-22T11:00:01Z'}}");
        put(
                "again",
                "{'metadata':{'creationTimestamp':'2026-11-22T01:00:00Z'},"
                        + "'lastTimestamp':'2026-11-22T11:30:00Z'}");
        put(
                "series",
                "{'metadata':{'creationTimestamp':'2026-11-22T01:00:00Z'},"
                        + "'series':{'lastObservedTime':'2026-11-22T11:30:00.000001Z'}}");
        upkeep.removeOldEvents();
        assertThat(store.list("/registry/events/", "", 0, 0).items())
                .extracting(Store.Stored::key)
                .containsExactly(
                        "/registry/events/default/again",
                        "/registry/events/default/new",
                        "/registry/events/default/series");
    }

    @Test
    void forgetsAtEachTimeWhatWasHistoryTheTimeBefore() throws InterruptedException {
        feed.start();
        put("a", "{}");
        put("b", "{}");
        long first = store.revision();
        upkeep.compact();
        assertThat(store.compactedRevision()).isLessThan(first);
        put("c", "{}");
        feed.awaitTold(store.revision());
        upkeep.compact();
        assertThat(store.compactedRevision()).isEqualTo(first);
    }
}
