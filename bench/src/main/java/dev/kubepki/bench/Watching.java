package dev.kubepki.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/// One watcher: reads events until it had all of them or the stream ends.
final class Watching implements Callable<Boolean> {
    private final InputStream events;
    private final long[] sent;
    private final long[] had;
    private int distinct;
    private int repeated;
    private int disordered;
    private long version;

    /// @param sent when each of the objects was sent, in nanoseconds
    Watching(InputStream events, long[] sent) {
        this.events = events;
        this.sent = sent;
        this.had = new long[sent.length];
    }

    @Override
    public Boolean call() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(events, StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line);
                if (distinct == sent.length) {
                    return true;
                }
            }
            return false;
        }
    }

    private void take(String line) {
        String name = ApiConnection.field(line, "name");
        if (!line.contains("\"ADDED\"") || !name.startsWith("streamed-")) {
            return;
        }
        long now = Long.parseLong(ApiConnection.field(line, "resourceVersion"));
        disordered += now <= version ? 1 : 0;
        version = now;
        int number = Integer.parseInt(name.substring("streamed-".length()));
        if (had[number] == 0) {
            had[number] = System.nanoTime() - sent[number];
            distinct++;
        } else {
            repeated++;
        }
    }

    static void report(List<Watching> watchers, PrintStream out) {
        long lost = 0;
        long repeated = 0;
        long disordered = 0;
        for (Watching watcher : watchers) {
            lost += watcher.sent.length - watcher.distinct;
            repeated += watcher.repeated;
            disordered += watcher.disordered;
        }
        long[] waits = watchers.stream()
                .flatMapToLong(watcher -> Arrays.stream(watcher.had))
                .filter(wait -> wait != 0)
                .sorted()
                .toArray();
        out.println(String.format(
                Locale.ROOT,
                "%d events: %d lost, %d twice, %d out of order; from sending to the watcher p50 %.1f ms, p99 %.1f ms",
                waits.length,
                lost,
                repeated,
                disordered,
                waits[waits.length / 2] / 1e6,
                waits[waits.length * 99 / 100] / 1e6));
    }
}
