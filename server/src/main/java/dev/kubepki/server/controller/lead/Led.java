package dev.kubepki.server.controller.lead;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.server.controller.Keeper;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Controllers that act while this process leads, and not a write longer.
public final class Led implements Election.Candidate {
    private static final System.Logger LOG = System.getLogger(Led.class.getName());
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final ClusterClient cluster;
    private final BooleanSupplier leads;
    private final Function<ClusterClient, List<Keeper>> maker;
    private @Nullable Term term;

    /// @param leads whether this process leads at this moment
    /// @param maker of controllers that have not begun; they use this client alone
    public Led(ClusterClient cluster, BooleanSupplier leads, Function<ClusterClient, List<Keeper>> maker) {
        this.cluster = cluster;
        this.leads = leads;
        this.maker = maker;
    }

    /// The time of one leadership.
    private final class Term {
        private final Fence fence = new Fence(leads);
        private final Thread thread = Thread.ofVirtual().name("controllers").unstarted(this::run);
        private volatile boolean over;
        private volatile boolean complete;

        /// A cluster that is away for a moment is waited for.
        private void run() {
            while (!over) {
                List<Keeper> keepers = List.of();
                try {
                    keepers = maker.apply(new FencedClient(cluster, fence));
                    keepers.forEach(Keeper::start);
                    complete = true;
                    LOG.log(System.Logger.Level.INFO, "controllers run");
                    Thread.sleep(Duration.ofDays(Integer.MAX_VALUE));
                } catch (InterruptedException e) {
                    over = true;
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.WARNING, () -> "controllers can't start: " + e.getMessage());
                    over |= Thread.currentThread().isInterrupted() || !slept();
                } finally {
                    complete = false;
                    keepers.reversed().forEach(Keeper::close);
                }
            }
        }

        private boolean slept() {
            try {
                Thread.sleep(AGAIN);
                return true;
            } catch (InterruptedException e) {
                return false;
            }
        }

        void end() {
            over = true;
            fence.close();
            thread.interrupt();
        }
    }

    @Override
    public synchronized void leads() {
        Term next = new Term();
        term = next;
        next.thread.start();
    }

    @Override
    public synchronized void follows() {
        if (term != null) {
            term.end();
            term = null;
        }
    }

    /// Whether all controllers know what there is, and act.
    public synchronized boolean isComplete() {
        return term != null && term.complete;
    }
}
