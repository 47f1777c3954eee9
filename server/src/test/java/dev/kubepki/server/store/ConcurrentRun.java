package dev.kubepki.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kubepki.server.store.Store.Page;
import dev.kubepki.server.store.Store.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Callers that do random things at once, each noting what it asked and got, and when.
final class ConcurrentRun {
    private static final String PREFIX = "/r/";

    private final Store store;
    private final Random random;
    private final String name;
    private final List<Call> calls = new ArrayList<>();

    private ConcurrentRun(Store store, String name, long seed) {
        this.store = store;
        this.name = name;
        this.random = new Random(seed);
    }

    /// Has this many callers make this many calls each.
    static CallHistory of(Store store, long seed, int callers, int each) throws InterruptedException {
        long start = store.revision();
        Collected heard = new Collected(Duration.ofSeconds(5));
        store.watch("", start, heard);
        List<ConcurrentRun> runs = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            ConcurrentRun run = new ConcurrentRun(store, "caller " + i, seed * 31 + i);
            runs.add(run);
            threads.add(Thread.ofVirtual().start(() -> run.go(each)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        List<Call> calls = runs.stream().flatMap(run -> run.calls.stream()).toList();
        long end = calls.stream().filter(Call.Written.class::isInstance).count();
        return new CallHistory(start, calls, heard.await((int) end));
    }

    private void go(int count) {
        for (int i = 0; i < count; i++) {
            String key = PREFIX + random.nextInt(10);
            int dice = random.nextInt(10);
            if (dice < 6) {
                write(key, name + " " + i);
            } else if (dice < 8) {
                get(key);
            } else {
                list();
            }
        }
    }

    private Optional<Stored> get(String key) {
        long begin = System.nanoTime();
        Optional<Stored> found = store.get(key);
        calls.add(new Call.Read(
                begin,
                System.nanoTime(),
                key,
                found.map(Stored::revision).orElse(0L),
                found.map(each -> new String(each.value(), UTF_8))));
        return found;
    }

    private void list() {
        long begin = System.nanoTime();
        Page page = store.list(PREFIX, "", 0, 0);
        List<Call.Item> items = page.items().stream()
                .map(each -> new Call.Item(each.key(), each.revision(), new String(each.value(), UTF_8)))
                .toList();
        calls.add(new Call.Listed(begin, System.nanoTime(), PREFIX, page.revision(), items));
    }

    private void write(String key, String value) {
        long expected = get(key).map(Stored::revision).orElse(0L);
        boolean removes = expected != 0 && random.nextInt(4) == 0;
        long begin = System.nanoTime();
        try {
            long revision = removes ? store.delete(key, expected) : store.put(key, value.getBytes(UTF_8), expected);
            Optional<String> written = removes ? Optional.empty() : Optional.of(value);
            calls.add(new Call.Written(begin, System.nanoTime(), key, written, expected, revision));
        } catch (StoreFailure e) {
            Optional<Stored> found = e.current();
            calls.add(new Call.Read(
                    begin,
                    System.nanoTime(),
                    key,
                    found.map(Stored::revision).orElse(0L),
                    found.map(each -> new String(each.value(), UTF_8))));
        }
    }
}
