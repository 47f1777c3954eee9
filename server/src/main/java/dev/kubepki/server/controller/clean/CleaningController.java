package dev.kubepki.server.controller.clean;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.client.ListQuery;
import dev.kubepki.api.client.ObjectPage;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.server.controller.Keeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// Removes stale objects: it looks at all of them now and then, and deletes at most so many a second.
///
/// It reads them page by page, and of a page it keeps names and UIDs: half a million stale requests need no more memory
/// than five hundred.
public final class CleaningController implements Keeper {
    private static final System.Logger LOG = System.getLogger(CleaningController.class.getName());

    private final ClusterClient client;
    private final Kind kind;
    private final Rule rule;
    private final Pace pace;
    private final Clock clock;
    private final Consumer<Staleness> removed;
    private final LongAdder passes = new LongAdder();
    private final ScheduledExecutorService timer;

    /// Says why an object is stale.
    public interface Rule {
        /// Nothing while it is not.
        Optional<Staleness> of(ObjectNode object, Instant now);
    }

    /// How often, how fast, how much at once.
    ///
    /// @param every the time between two passes
    /// @param perSecond the most deletions in a second
    /// @param page the most objects that are read at once
    public record Pace(Duration every, int perSecond, int page) {
        /// As often as kube-controller-manager looks at requests.
        public static final Pace HOURLY = new Pace(Duration.ofHours(1), 500, 500);
        /// As often as kube-controller-manager looks at requests of pods.
        public static final Pace EACH_FIVE_MINUTES = new Pace(Duration.ofMinutes(5), 500, 500);
    }

    private record Stale(String namespace, String name, String uid, Staleness why) {}

    /// Any kind with any rule.
    ///
    /// @param removed is told of each object that was removed
    public CleaningController(
            ClusterClient client, Kind kind, Rule rule, Pace pace, Consumer<Staleness> removed, Clock clock) {
        this.client = client;
        this.kind = kind;
        this.rule = rule;
        this.pace = pace;
        this.removed = removed;
        this.clock = clock;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("cleaner-" + kind.plural()).daemon().factory());
    }

    /// Of CertificateSigningRequests.
    public static CleaningController ofRequests(
            ClusterClient client, Kind requests, Consumer<Staleness> removed, Clock clock) {
        return new CleaningController(client, requests, Staleness::of, Pace.HOURLY, removed, clock);
    }

    /// Of PodCertificateRequests.
    public static CleaningController ofPodRequests(
            ClusterClient client, Kind requests, Consumer<Staleness> removed, Clock clock) {
        return new CleaningController(
                client, requests, Staleness::ofPodCertificate, Pace.EACH_FIVE_MINUTES, removed, clock);
    }

    /// The first pass begins at once.
    @Override
    public void start() {
        ScheduledFuture<?> _ =
                timer.scheduleWithFixedDelay(this::pass, 0, pace.every().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void pass() {
        try {
            boolean whole = false;
            while (!whole && !timer.isShutdown()) {
                whole = goOver();
            }
            passes.increment();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "stale " + kind.plural() + " were not all removed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether it came to the end. A list that takes too long can't be continued, and begins anew without what was
    /// removed so far.
    private boolean goOver() throws InterruptedException {
        ListQuery query = ListQuery.pages(pace.page());
        int count = 0;
        try {
            boolean more = true;
            while (more && !timer.isShutdown()) {
                ObjectPage page = client.list(kind, query);
                count += clean(stale(page.items()));
                more = !page.continueToken().isEmpty();
                query = query.from(page.continueToken());
            }
            return true;
        } catch (ApiFailure e) {
            if (e.code() == 410 && count > 0) {
                return false;
            }
            throw e;
        }
    }

    private List<Stale> stale(List<ObjectNode> objects) {
        Instant now = clock.instant();
        List<Stale> stale = new ArrayList<>();
        for (ObjectNode object : objects) {
            rule.of(object, now).ifPresent(why -> stale.add(stale(object, why)));
        }
        return stale;
    }

    private static Stale stale(ObjectNode object, Staleness why) {
        return new Stale(text(object, "namespace"), text(object, "name"), text(object, "uid"), why);
    }

    /// How many of them were removed.
    private int clean(List<Stale> batch) throws InterruptedException {
        int count = 0;
        long next = System.nanoTime();
        for (Stale stale : batch) {
            if (timer.isShutdown()) {
                return count;
            }
            long early = next - System.nanoTime();
            if (early > 0) {
                TimeUnit.NANOSECONDS.sleep(early);
            }
            next = Math.max(next, System.nanoTime() - TimeUnit.SECONDS.toNanos(1))
                    + TimeUnit.SECONDS.toNanos(1) / pace.perSecond();
            if (remove(stale)) {
                count++;
                removed.accept(stale.why());
            }
        }
        return count;
    }

    private boolean remove(Stale stale) {
        try {
            if (stale.why().isOpen() && !isStillStale(stale)) {
                return false;
            }
            client.delete(kind, stale.namespace(), stale.name(), stale.uid());
            return true;
        } catch (ApiFailure e) {
            if (e.code() != 404 && e.code() != 409) {
                LOG.log(System.Logger.Level.WARNING, stale.name() + " was not removed: " + e.getMessage());
            }
            return false;
        }
    }

    /// A page takes a second, in which a person may have approved it.
    private boolean isStillStale(Stale stale) {
        return client.get(kind, stale.namespace(), stale.name())
                .filter(object -> text(object, "uid").equals(stale.uid()))
                .filter(object -> rule.of(object, clock.instant()).isPresent())
                .isPresent();
    }

    /// How many times it went over all objects.
    public long passes() {
        return passes.sum();
    }

    private static String text(ObjectNode object, String field) {
        return object.path("metadata").path(field).asString("");
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
