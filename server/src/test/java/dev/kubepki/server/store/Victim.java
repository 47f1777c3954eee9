package dev.kubepki.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// A process that writes until it is killed. It prints a line for each acknowledged write and for each change that its
/// watch hears; whoever reads a line knows that it was so.
public final class Victim {
    private static final int KEYS = 300;
    private static final int KEPT = 3000;

    private final Store store;
    private final OutputStream out;
    private final int writes;
    private final AtomicInteger begun = new AtomicInteger();

    private Victim(Store store, OutputStream out, int writes) {
        this.store = store;
        this.out = out;
        this.writes = writes;
    }

    /// Arguments: the data folder, how many callers, how many writes in all (0: until it is killed), and the level of
    /// SQLite's syncs.
    public static void main(String[] arguments) throws InterruptedException {
        SqliteLog.Opener opener = file -> {
            var connection = SqliteFiles.writer(file);
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA synchronous = " + arguments[3]);
            }
            return connection;
        };
        try (Store store =
                SqliteStore.open(Path.of(arguments[0]), StoreLimits.standard(), SqliteSchema.today(), opener)) {
            Victim victim = new Victim(store, System.out, Integer.parseInt(arguments[2]));
            victim.work(Integer.parseInt(arguments[1]));
        }
    }

    private void work(int callers) throws InterruptedException {
        store.watch("", store.revision(), new Store.Listener() {
            @Override
            public void changed(List<Store.Change> changes) {
                changes.forEach(change -> say(line("heard", change.revision(), change.key(), change.value())));
            }

            @Override
            public void ended(StoreFailure reason) {
                // The end of the process.
            }
        });
        Thread[] threads = new Thread[callers];
        for (int i = 0; i < callers; i++) {
            String name = ProcessHandle.current().pid() + "-" + i;
            threads[i] = Thread.ofVirtual().start(() -> write(name));
        }
        while (writes == 0) {
            Thread.sleep(100);
            store.compact(Math.max(1, store.revision() - KEPT));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void write(String name) {
        Random random = new Random();
        for (int i = 0; writes == 0 || begun.incrementAndGet() <= writes; i++) {
            String key = "/r/" + random.nextInt(KEYS);
            long expected = store.get(key).map(Store.Stored::revision).orElse(0L);
            Optional<byte[]> value = expected != 0 && random.nextInt(4) == 0
                    ? Optional.empty()
                    : Optional.of(("{\"by\":\"" + name + "-" + i + "\",\"fill\":\"" + "x".repeat(random.nextInt(3000))
                                    + "\"}")
                            .getBytes(UTF_8));
            try {
                long revision = value.isEmpty() ? store.delete(key, expected) : store.put(key, value.get(), expected);
                say(line("done", revision, key, value));
            } catch (StoreFailure e) {
                if (e.reason() != StoreFailure.Reason.CONFLICT) {
                    throw e;
                }
            }
        }
    }

    /// The value as its length and its beginning, which no two writes have in common.
    static String line(String what, long revision, String key, Optional<byte[]> value) {
        return what + " " + revision + " " + key + " " + brief(value) + "\n";
    }

    static String brief(Optional<byte[]> value) {
        return value.map(bytes -> bytes.length + ":" + new String(bytes, UTF_8).split("\"", -1)[3])
                .orElse("-");
    }

    private void say(String line) {
        try {
            synchronized (out) {
                out.write(line.getBytes(UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
