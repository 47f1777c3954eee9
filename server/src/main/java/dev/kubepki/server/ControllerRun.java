package dev.kubepki.server;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.api.kind.Kinds;
import dev.kubepki.api.schema.Schemas;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.controller.lead.Election;
import dev.kubepki.server.controller.lead.ElectionOptions;
import dev.kubepki.server.controller.lead.Led;
import dev.kubepki.server.controller.sign.Processors;
import dev.kubepki.server.controller.sign.Signatures;
import dev.kubepki.server.controller.sign.Signers;
import dev.kubepki.server.http.MetricText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Controllers that run for a cluster which is not this program's: one process of several, while it leads.
public final class ControllerRun implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ControllerRun.class.getName());
    private static final Duration END = Duration.ofSeconds(10);
    private static final String LEADS = "leader_election_master_status";

    private final List<AutoCloseable> parts;
    private final Led led;
    private final @Nullable Election election;
    private final @Nullable Thread candidacy;
    private @Nullable StatusPages pages;

    /// How they run.
    ///
    /// @param controllers which of them
    /// @param directory the folder of a set, whose CA signs where no option names another
    /// @param data the folder of the ledger of signatures
    /// @param election how a leader is found; without it, this process acts in any case
    /// @param status where health and figures are shown
    public record Options(
            ControllerOptions controllers,
            Path directory,
            Path data,
            Optional<ElectionOptions> election,
            Optional<InetSocketAddress> status) {}

    /// The cluster.
    ///
    /// @param client the way to it
    /// @param leases the way for its leases, which answers in time or not at all
    /// @param authority the CA by which its API server is known, in PEM; empty when it is not known
    public record Cluster(ClusterClient client, ClusterClient leases, Supplier<String> authority) {}

    private ControllerRun(List<AutoCloseable> parts, Led led, @Nullable Election election, @Nullable Thread candidacy) {
        this.parts = parts;
        this.led = led;
        this.election = election;
        this.candidacy = candidacy;
    }

    /// Starts them.
    ///
    /// @param random a `SecureRandom` outside of tests
    public static ControllerRun start(Cluster cluster, Options options, Clock clock, RandomGenerator random)
            throws ServerFailure {
        List<ControllerRow> rows = ControllerChoice.of(options.controllers().choice(), Controllers.TABLE);
        SignatureLedger ledger = ledger(options.data(), clock);
        CountedSignatures signatures = new CountedSignatures(ledger);
        CountedCleanings cleanings = new CountedCleanings();
        Processors processors = Processors.unshared();
        Function<ClusterClient, ControllerParts> parts =
                parts(cluster, options, signatures, processors, cleanings, clock, random);
        Optional<Election> election = options.election().map(each -> election(cluster, each, clock, random));
        BooleanSupplier leads =
                election.<BooleanSupplier>map(each -> each::leads).orElse(() -> true);
        Led led = new Led(cluster.client(), leads, client -> Controllers.make(rows, parts.apply(client)));
        ControllerRun run = begin(List.of(processors, ledger), led, election);
        try {
            run.show(options, leads, signatures, cleanings);
        } catch (ServerFailure e) {
            run.close();
            throw e;
        }
        return run;
    }

    private static Function<ClusterClient, ControllerParts> parts(
            Cluster cluster,
            Options options,
            Signatures signatures,
            Processors processors,
            CountedCleanings cleanings,
            Clock clock,
            RandomGenerator random)
            throws ServerFailure {
        CryptoProvider provider = CryptoProvider.fastest();
        SetFiles set = new SetFiles(options.directory(), ServerOptions.Files.OF_THE_SET);
        Signers signers = ConfiguredSigners.of(options.controllers().signing(), set, provider, random);
        Supplier<String> bundle =
                options.controllers().rootAuthority().map(Server::bundle).orElse(cluster.authority());
        return client -> new ControllerParts(
                new ForeignWorld(client),
                signers,
                signatures,
                bundle,
                options.controllers().serving(),
                provider,
                processors,
                cleanings,
                clock);
    }

    private static ControllerRun begin(List<AutoCloseable> parts, Led led, Optional<Election> election) {
        if (election.isEmpty()) {
            led.leads();
            return new ControllerRun(parts, led, null, null);
        }
        Election contest = election.get();
        Thread candidacy = Thread.ofVirtual().name("election").start(() -> contest.run(led));
        return new ControllerRun(parts, led, contest, candidacy);
    }

    private void show(Options options, BooleanSupplier leads, CountedSignatures signatures, CountedCleanings cleanings)
            throws ServerFailure {
        if (options.status().isPresent()) {
            String name = options.election().map(ElectionOptions::name).orElse("kubepki-controller");
            pages = StatusPages.open(
                    options.status().get(),
                    List.of(out -> leads(out, name, leads.getAsBoolean()), signatures, cleanings));
        }
    }

    private static void leads(MetricText out, String name, boolean leads) {
        out.family(LEADS, MetricText.Type.GAUGE, "Whether this process leads: 1, or 0 while it waits.")
                .sample(LEADS, leads ? 1 : 0, "name", name);
    }

    private static SignatureLedger ledger(Path folder, Clock clock) throws ServerFailure {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ServerFailure(folder + " can't be made: " + e.getMessage() + "; name another with --data", e);
        }
        return SignatureLedger.open(folder.resolve(Server.SIGNATURES), new JsonCodec(Schemas.load()), clock);
    }

    private static Election election(Cluster cluster, ElectionOptions options, Clock clock, RandomGenerator random) {
        Kind leases =
                ForeignWorld.known(Kinds.load(), "leases.coordination.k8s.io").orElseThrow();
        return new Election(cluster.leases(), leases, options, clock, System::nanoTime, random);
    }

    /// Whether all controllers act.
    public boolean isActing() {
        return led.isComplete();
    }

    /// The port of health and figures, where they are shown.
    public int statusPort() {
        return pages == null ? 0 : pages.port();
    }

    /// Ends what is under way, then gives the lease back.
    @Override
    public void close() {
        if (election == null) {
            led.follows();
        } else {
            election.close();
        }
        try {
            if (candidacy != null) {
                candidacy.join(END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (pages != null) {
            pages.close();
        }
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.WARNING, "a part of the controllers did not close", e);
            }
        }
    }
}
