package dev.kubepki.acceptance.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.acceptance.serve.History.Feed;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server is killed at random moments while many clients write, read and watch. What it acknowledged is there
/// afterwards, and watches that go on from where they were miss and repeat nothing.
class ServeKillTest {
    private static final int CLIENTS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private final long seed = Long.getLong("acceptance.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Feed> feeds = new ArrayList<>();

    @Test
    void whatWasAcknowledgedOutlivesKills() throws Exception {
        System.out.println("seed " + seed + " (-Dacceptance.seed)");
        int kills = Boolean.getBoolean("acceptance.all") ? 100 : 10;
        try (Server server = Server.start(folder);
                Caller first = Caller.admin(server, folder, HttpClient.Version.HTTP_1_1);
                Caller second = Caller.admin(server, folder, HttpClient.Version.HTTP_2);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Load load = new Load(Client.of("1.35", folder, server.kubeconfig())
                    .done("openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout /dev/null"
                            + " -subj /CN=load 2>/dev/null | base64 -w0"));
            long start = load.list(first);
            List<Follower> followers = List.of(
                    new Follower(first, start, false),
                    new Follower(second, start, false),
                    new Follower(second, start, true));
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Caller caller = i % 2 == 0 ? first : second;
                Random own = new Random(random.nextLong());
                running.add(clients.submit(() -> go(load, caller, own)));
            }
            try {
                kill(server, load, first, kills, followers);
            } finally {
                over.set(true);
            }
            for (Future<?> client : running) {
                client.get();
            }
            end(load, first, followers);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private void go(Load load, Caller caller, Random own) {
        while (!over.get()) {
            try {
                load.call(caller, own);
            } catch (IOException e) {
                pause(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// After each restart, one more watch goes on from where another was before the kill.
    private void kill(Server server, Load load, Caller caller, int kills, List<Follower> followers) throws Exception {
        for (int i = 0; i < kills; i++) {
            long kept = followers.get(i % followers.size()).kept();
            awaitWrites(load, random.nextInt(200));
            pause(random.nextInt(50));
            server.kill();
            server.restart();
            Follower resumed = new Follower(caller, kept, random.nextBoolean());
            long now = followers.stream().mapToLong(Follower::kept).max().orElseThrow();
            feeds.add(resumed.until(now, PATIENCE));
        }
    }

    private static void awaitWrites(Load load, int more) {
        int enough = load.acknowledged() + more;
        for (int i = 0; i < 1_000 && load.acknowledged() < enough; i++) {
            pause(10);
        }
    }

    private void end(Load load, Caller caller, List<Follower> followers) throws Exception {
        long last = load.create(caller).orElseThrow();
        load.list(caller);
        for (Follower follower : followers) {
            feeds.add(follower.until(last, PATIENCE));
        }
        History history = load.history(feeds);
        System.out.printf(
                "%d writes, %d reads, %d lists, %d events%n",
                history.writes().size(),
                history.reads().size(),
                history.listings().size(),
                feeds.getLast().events().size());
        assertThat(history.writes()).hasSizeGreaterThan(100);
        history.check();
    }
}
