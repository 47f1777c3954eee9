package dev.kubepki.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a store has after the process that wrote in it was killed. `-Dstore.kills=100` kills more often.
class StoreKillTest {
    private static final int CALLERS = 16;

    @TempDir
    Path folder;

    /// All that was ever heard by watches, each going on where the one before had come to.
    private final List<Line> heard = new ArrayList<>();

    private final Map<Long, Line> done = new HashMap<>();

    private record Line(long revision, String key, String value) {
        static Line parse(String text) {
            String[] words = text.split(" ", -1);
            return new Line(Long.parseLong(words[1]), words[2], words[3]);
        }
    }

    @Test
    void keepsAllThatWasAcknowledgedThroughKills() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int kills = Integer.getInteger("store.kills", 5);
        for (int i = 0; i < kills; i++) {
            kill(50 + random.nextInt(700));
            try {
                check();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", kill " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        System.out.println(kills + " kills, " + done.size() + " acknowledged writes, " + heard.size() + " in all");
        assertThat(done).hasSizeGreaterThan(kills);
    }

    private void kill(int millis) throws IOException, InterruptedException {
        Process process = Java.running(Victim.class, List.of(), folder.toString(), String.valueOf(CALLERS), "0", "FULL")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            note(lines.readLine());
            Thread killer = Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(millis);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                // Not through the object, which would close the pipe with what is still in it.
                process.toHandle().destroyForcibly();
            });
            // A line that the kill cut short has no value that could be compared.
            String before = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (before != null) {
                    note(before);
                }
                before = line;
            }
            killer.join();
        } finally {
            process.toHandle().destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(process.exitValue()).as("killed, not ended").isEqualTo(128 + 9);
    }

    private void note(String text) {
        Line line = Line.parse(text);
        if (text.startsWith("heard")) {
            heard.add(line);
        } else {
            assertThat(done.put(line.revision(), line))
                    .as("two writes at one revision")
                    .isNull();
        }
    }

    private void check() {
        try (SqliteStore store = SqliteStore.open(folder)) {
            Collected rest = new Collected();
            long from = heard.isEmpty() ? RevisionLog.FIRST : heard.getLast().revision();
            store.watch("", from, rest);
            rest.await(Math.toIntExact(store.revision() - from))
                    .forEach(each -> heard.add(new Line(each.revision(), each.key(), Victim.brief(each.value()))));
            checkOrder(store.revision());
            checkState(store);
        }
    }

    private void checkOrder(long last) {
        Set<Long> revisions = new HashSet<>();
        for (int i = 0; i < heard.size(); i++) {
            Line line = heard.get(i);
            assertThat(line.revision()).as("revision after %d changes", i).isEqualTo(RevisionLog.FIRST + 1 + i);
            revisions.add(line.revision());
            Line acknowledged = done.get(line.revision());
            assertThat(acknowledged == null || acknowledged.equals(line))
                    .as("%s is what was acknowledged: %s", line, acknowledged)
                    .isTrue();
        }
        assertThat(revisions).as("acknowledged writes").containsAll(done.keySet());
        assertThat(heard.size()).isEqualTo(last - RevisionLog.FIRST);
    }

    private void checkState(Store store) {
        Map<String, String> expected = new TreeMap<>();
        heard.forEach(line -> {
            if (line.value().equals("-")) {
                expected.remove(line.key());
            } else {
                expected.put(line.key(), line.value());
            }
        });
        Map<String, String> found = new TreeMap<>();
        store.list("", "", 0, 0)
                .items()
                .forEach(each -> found.put(each.key(), Victim.brief(java.util.Optional.of(each.value()))));
        assertThat(found).isEqualTo(expected);
    }
}
