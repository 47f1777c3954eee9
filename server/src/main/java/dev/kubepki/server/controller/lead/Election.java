package dev.kubepki.server.controller.lead;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.kind.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Takes a lease when it is free, renews it, and knows at every moment whether it is still held.
///
/// Whether it is held is counted from before the last renewal that succeeded was sent, by a clock that only goes
/// forward: a process that slept, or whose clock was set, knows at once that it no longer leads.
public final class Election implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Election.class.getName());
    private static final int CONFLICT = 409;

    private final ClusterClient cluster;
    private final Kind leases;
    private final ElectionOptions options;
    private final LeaseDecider decider;
    private final Clock clock;
    private final LongSupplier nanos;
    private final RandomGenerator random;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean held;
    private volatile long heldUntil;
    private @Nullable LeaseRecord seen;
    private long seenAt;
    private String holder = "";

    /// Is told of the lease.
    public interface Candidate {
        /// It is ours from now on. Must not wait.
        void leads();

        /// It is ours no longer: nothing may be written any more.
        void follows();
    }

    /// @param cluster should answer within the renewal's deadline
    /// @param nanos a clock that only goes forward, such as `System::nanoTime`
    /// @param random keeps candidates from trying all at once
    public Election(
            ClusterClient cluster,
            Kind leases,
            ElectionOptions options,
            Clock clock,
            LongSupplier nanos,
            RandomGenerator random) {
        this.cluster = cluster;
        this.leases = leases;
        this.options = options;
        this.decider = new LeaseDecider(options.identity(), options.lease());
        this.clock = clock;
        this.nanos = nanos;
        this.random = random;
    }

    /// Whether the lease is held now.
    public boolean leads() {
        return held && nanos.getAsLong() - heldUntil < 0;
    }

    /// Runs for the lease until it is closed, then gives it back.
    public void run(Candidate candidate) {
        boolean leading = false;
        while (!isEnded()) {
            attempt();
            if (leading && !leads()) {
                held = false;
                LOG.log(System.Logger.Level.WARNING, options.identity() + " no longer leads");
                candidate.follows();
                leading = false;
            } else if (!leading && leads()) {
                LOG.log(System.Logger.Level.INFO, options.identity() + " leads");
                leading = true;
                candidate.leads();
            }
            rest(leading);
        }
        if (leading) {
            candidate.follows();
            release();
        }
    }

    private boolean isEnded() {
        return ended.getCount() == 0;
    }

    private void rest(boolean leading) {
        long pause = options.retry().toMillis();
        try {
            boolean _ = ended.await(leading ? pause : pause + random.nextLong(pause + 1), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            ended.countDown();
        }
    }

    /// One attempt to take or to renew it. What fails is tried again until the lease is lost.
    void attempt() {
        try {
            Optional<ObjectNode> there = cluster.get(leases, options.namespace(), options.name());
            Optional<LeaseRecord> record = there.map(LeaseRecord::of);
            switch (decider.decide(record, unchanged(record), clock.instant())) {
                case LeaseStep.Write(LeaseRecord next) -> {
                    long sent = nanos.getAsLong();
                    write(there, next);
                    heldUntil = sent + options.renewal().toNanos();
                    held = true;
                    see(next);
                }
                case LeaseStep.Leave(String other) -> {
                    held = false;
                    tell(other);
                }
            }
        } catch (ApiFailure e) {
            System.Logger.Level level = e.code() == CONFLICT ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING;
            LOG.log(level, () -> "the lease was not taken: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "the lease was not taken: " + e.getMessage());
        }
    }

    private void tell(String other) {
        if (!other.equals(holder)) {
            holder = other;
            LOG.log(System.Logger.Level.INFO, other + " leads; this one waits");
        }
    }

    private Duration unchanged(Optional<LeaseRecord> record) {
        if (record.isEmpty() || !record.get().equals(seen)) {
            see(record.orElse(null));
        }
        return Duration.ofNanos(nanos.getAsLong() - seenAt);
    }

    private void see(@Nullable LeaseRecord record) {
        seen = record;
        seenAt = nanos.getAsLong();
    }

    private void write(Optional<ObjectNode> there, LeaseRecord record) {
        ObjectNode lease = there.orElseGet(this::empty);
        record.writeTo(lease);
        if (there.isPresent()) {
            cluster.update(leases, "", lease);
        } else {
            cluster.create(leases, lease);
        }
    }

    private ObjectNode empty() {
        ObjectNode lease = JsonNodeFactory.instance.objectNode();
        lease.put("kind", "Lease").put("apiVersion", "coordination.k8s.io/v1");
        lease.putObject("metadata").put("name", options.name()).put("namespace", options.namespace());
        return lease;
    }

    private void release() {
        if (!leads()) {
            return;
        }
        held = false;
        try {
            Optional<ObjectNode> there = cluster.get(leases, options.namespace(), options.name());
            Optional<LeaseRecord> record = there.map(LeaseRecord::of);
            if (record.isPresent() && record.get().holder().equals(options.identity())) {
                write(there, record.get().released(clock.instant()));
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "the lease was not given back: " + e.getMessage());
        }
    }

    /// Ends the run.
    @Override
    public void close() {
        ended.countDown();
    }
}
