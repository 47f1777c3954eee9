package dev.kubepki.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KeyIndexTest {
    /// A plain map of key to writes, a removal's negated.
    private final TreeMap<String, List<Long>> plain = new TreeMap<>();

    private KeyIndex index = KeyIndex.empty();

    private void write(String key, long write) {
        byte[] bytes = KeyRange.bytes(key);
        KeyHistory history = index.find(bytes);
        index = index.with(history == null ? KeyHistory.of(bytes, write) : history.then(write));
        plain.computeIfAbsent(key, each -> new ArrayList<>()).add(write);
    }

    private static long live(List<Long> writes, long revision) {
        long live = 0;
        for (long write : writes) {
            if (Math.abs(write) <= revision) {
                live = Math.max(write, 0);
            }
        }
        return live;
    }

    private void compare(String prefix, String from, long revision) {
        List<String> expected = plain.entrySet().stream()
                .filter(each ->
                        each.getKey().startsWith(prefix) && each.getKey().compareTo(from) >= 0)
                .filter(each -> live(each.getValue(), revision) > 0)
                .map(each -> each.getKey() + "@" + live(each.getValue(), revision))
                .toList();
        KeyRange range = KeyRange.of(prefix, from);
        List<String> found = new ArrayList<>();
        index.walk(range, history -> {
            if (history.live(revision) > 0) {
                found.add(KeyRange.text(history.key()) + "@" + history.live(revision));
            }
            return true;
        });
        assertThat(found).isEqualTo(expected);
        assertThat(index.count(range, revision)).isEqualTo(expected.size());
    }

    @Test
    void agreesWithAPlainMapThroughWritesRemovalsAndCompactions() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long compacted = 0;
        try {
            for (long revision = 1; revision <= 6000; revision++) {
                String key = "/" + random.nextInt(3) + "/" + random.nextInt(700);
                List<Long> writes = plain.getOrDefault(key, List.of());
                boolean removes = live(writes, revision) > 0 && random.nextInt(3) == 0;
                write(key, removes ? -revision : revision);
                if (revision % 300 == 0) {
                    compacted = revision - random.nextInt(250);
                    compact(compacted);
                    for (String prefix : List.of("", "/1/", "/2/33", "/9")) {
                        compare(prefix, prefix, revision);
                        compare(prefix, "/1/5", compacted + random.nextLong(revision - compacted + 1));
                    }
                }
            }
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private void compact(long revision) {
        Set<Long> expected = new TreeSet<>();
        for (List<Long> writes : plain.values()) {
            long seen = 0;
            for (long write : writes) {
                seen = Math.abs(write) <= revision ? write : seen;
            }
            long kept = Math.max(seen, 0);
            writes.removeIf(write -> Math.abs(write) <= revision && write != kept && expected.add(Math.abs(write)));
        }
        plain.values().removeIf(List::isEmpty);
        Set<Long> forgotten = new TreeSet<>();
        index = index.compacted(revision, forgotten::add);
        assertThat(forgotten).isEqualTo(expected);
    }

    @Test
    void leavesWhatReadersHoldAsItWas() {
        for (int i = 1; i <= 1000; i++) {
            write("/" + i % 100, i);
        }
        KeyIndex before = index;
        KeyHistory held = before.find(KeyRange.bytes("/7"));
        write("/7", -1001);
        write("/7", 1002);
        index = index.compacted(1002, forgotten -> {});
        assertThat(before.find(KeyRange.bytes("/7"))).isSameAs(held);
        assertThat(held).extracting(history -> history.live(500)).isEqualTo(407L);
        assertThat(before.count(KeyRange.of("/", "/"), 1000)).isEqualTo(100);
    }

    @Test
    void keepsAHundredThousandKeysInLessThanFortyMegabytes() {
        long before = used();
        KeyIndex large = KeyIndex.empty();
        for (int i = 0; i < 100_000; i++) {
            String key = String.format("/registry/certificatesigningrequests/request-%08x-%06d", i * 0x9E3779B1, i);
            large = large.with(KeyHistory.of(KeyRange.bytes(key), i + 1));
        }
        long megabytes = (used() - before) >> 20;
        assertThat(large.count(KeyRange.of("/registry/", ""), 200_000)).isEqualTo(100_000);
        assertThat(megabytes).isLessThan(40);
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
