package dev.kubepki.api.client.remote;

import dev.kubepki.api.client.ClusterClient.Follower;
import dev.kubepki.api.client.ClusterUnreachable;
import dev.kubepki.api.client.ListQuery;
import dev.kubepki.api.client.ObjectPage;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Follows the objects of a kind through everything that comes in between: the end of a watch, a server that restarts,
/// a history that is too short (410), a connection that silently died.
final class Following implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Following.class.getName());
    private static final int PAGE = 500;
    private static final int GONE = 410;
    /// A watch ends after this time at the least, and twice it at the most.
    private static final int WATCH_SECONDS = 300;

    private final Kind kind;
    private final RemoteCluster cluster;
    private final Function<String, InputStream> streams;
    private final String path;
    private final Follower follower;
    private final RandomGenerator random;
    private final Known known = new Known();
    private final Backoff backoff;
    private volatile boolean closed;
    private volatile Thread thread = Thread.currentThread();
    private String resourceVersion = "";

    Following(
            Kind kind,
            RemoteCluster cluster,
            Function<String, InputStream> streams,
            String path,
            Follower follower,
            RandomGenerator random) {
        this.kind = kind;
        this.cluster = cluster;
        this.streams = streams;
        this.path = path;
        this.follower = follower;
        this.random = random;
        this.backoff = new Backoff(random);
    }

    /// Tells what is there, then goes on by itself. What fails before is the caller's.
    void start() {
        list();
        thread = Thread.ofVirtual().name("follow-" + kind.plural()).start(this::run);
    }

    private void run() {
        boolean relist = false;
        while (!closed) {
            try {
                if (relist) {
                    list();
                    relist = false;
                }
                watch();
                backoff.reset();
            } catch (ApiFailure e) {
                relist = true;
                LOG.log(System.Logger.Level.DEBUG, () -> kind.plural() + " are listed anew: " + e.getMessage());
                rest(e.code() == GONE);
            } catch (ClusterUnreachable | IOException e) {
                rest(false);
                if (!closed) {
                    LOG.log(System.Logger.Level.INFO, () -> kind.plural() + " are followed anew: " + e.getMessage());
                }
            } catch (RuntimeException e) {
                relist = true;
                LOG.log(System.Logger.Level.WARNING, "what follows " + kind.plural() + " failed", e);
                rest(false);
            }
        }
    }

    private void rest(boolean atOnce) {
        if (!closed && !backoff.pause(atOnce)) {
            closed = true;
        }
    }

    private void list() {
        Known.Round round = known.round();
        ListQuery query = ListQuery.pages(PAGE);
        while (true) {
            ObjectPage page;
            try {
                page = cluster.list(kind, query);
            } catch (ApiFailure e) {
                if (e.code() != GONE || query.continueToken().isEmpty()) {
                    throw e;
                }
                // The pages took longer than the server remembers: all at once, then.
                round = known.round();
                query = ListQuery.ALL;
                continue;
            }
            for (ObjectNode object : page.items()) {
                round.present(object, follower);
            }
            resourceVersion = page.resourceVersion();
            if (page.continueToken().isEmpty()) {
                break;
            }
            query = query.from(page.continueToken());
        }
        round.end(kind, follower);
    }

    private void watch() throws IOException {
        long seconds = WATCH_SECONDS + random.nextLong(WATCH_SECONDS);
        try (WatchLines lines = new WatchLines(streams.apply(path + Urls.watch(resourceVersion, seconds)))) {
            for (byte[] line = lines.next(); line != null && !closed; line = lines.next()) {
                JsonNode event = Json.read(line).orElseThrow(() -> new IOException("an event is no JSON"));
                tell(event.path("type").asString(""), event.path("object"));
                backoff.reset();
            }
        }
    }

    private void tell(String type, JsonNode told) throws IOException {
        if (!(told instanceof ObjectNode object)) {
            throw new IOException("an event has no object");
        }
        switch (type) {
            case "ADDED", "MODIFIED" -> known.present(object, follower);
            case "DELETED" -> known.gone(object, follower);
            case "BOOKMARK" -> {
                // Only how far everything is known.
            }
            default -> throw StatusReading.failure(object.path("code").asInt(500), object, cluster.toString());
        }
        resourceVersion = object.path("metadata").path("resourceVersion").asString("");
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
