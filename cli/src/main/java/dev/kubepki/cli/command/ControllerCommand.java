package dev.kubepki.cli.command;

import dev.kubepki.api.client.remote.RemoteCluster;
import dev.kubepki.api.client.remote.Target;
import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.pki.files.HostNetwork;
import dev.kubepki.server.ControllerManifest;
import dev.kubepki.server.ControllerRun;
import dev.kubepki.server.ServerFailure;
import dev.kubepki.server.controller.lead.ElectionOptions;
import dev.kubepki.server.log.ServerLog;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Runs the controllers for a cluster that another program serves.
public final class ControllerCommand implements Handler {
    private static final String ELECTION = "Leader election";
    private static final int IDENTITY_BYTES = 8;

    /// The row of the command table.
    public static CommandSpec spec() {
        return CommandSpec.named("controller", "Approve, sign, clean and publish for any cluster")
                .describedAs("""
                        Runs the controllers that serve has inside for a cluster that another program serves: whoever the
                        kubeconfig names, or the pod's service account inside of a cluster.

                        Of several, one acts: the holder of a Lease. The controllers of kube-controller-manager that do the
                        same should be switched off there; two signers never publish two certificates, but either may be the
                        one whose certificate is published.

                        SIGTERM ends it and gives the lease back.
                        """)
                .options(ClusterOptions.options())
                .options(own())
                .options(election())
                .options(ControllerFlags.options())
                .example("kubepki controller --kubeconfig admin.conf --dir demo", "sign with the CA of ./demo")
                .example(
                        "kubepki controller --controllers '*,-approver'",
                        "all but the approver, for the current context")
                .example("kubepki controller --manifest", "the Deployment and its rights, for kubectl apply")
                .exits(ExitCode.FAILED, "it can't start: there is no way to a cluster, or a folder can't be written")
                .runs(ControllerCommand::new);
    }

    private static List<OptionSpec> own() {
        return List.of(
                OptionSpec.directory("dir", "DIR", "the folder of the set whose CA signs: DIR/pki/ca.crt and ca.key")
                        .defaultsTo("/etc/kubernetes"),
                OptionSpec.directory(
                        "data", "DIR", "the folder of the ledger of signatures; data in --dir if it is not given"),
                OptionSpec.text(
                        "metrics-bind-address",
                        "ADDRESS",
                        "where to show health and figures, over plain HTTP: host:port, or :port for all addresses"),
                OptionSpec.choice(
                                "log-level",
                                "LEVEL",
                                List.of("error", "warn", "info", "debug"),
                                "what is written to standard error, a line each")
                        .defaultsTo("info"),
                OptionSpec.flag("manifest", "print the objects by which it runs inside of a cluster, and end"),
                OptionSpec.text("image", "IMAGE", "the container image in that manifest")
                        .defaultsTo("kubepki:latest"));
    }

    private static List<OptionSpec> election() {
        return List.of(
                OptionSpec.choice(
                                "leader-elect",
                                "BOOL",
                                List.of("true", "false"),
                                "whether it waits until it holds the lease")
                        .defaultsTo("true")
                        .under(ELECTION),
                OptionSpec.duration(
                                "leader-elect-lease-duration",
                                "DURATION",
                                "for how long a leader that is not heard of keeps the others waiting")
                        .defaultsTo("15s")
                        .under(ELECTION),
                OptionSpec.duration(
                                "leader-elect-renew-deadline",
                                "DURATION",
                                "within which a leader must have renewed, or it stops")
                        .defaultsTo("10s")
                        .under(ELECTION),
                OptionSpec.duration("leader-elect-retry-period", "DURATION", "between two attempts")
                        .defaultsTo("2s")
                        .under(ELECTION),
                OptionSpec.text("leader-elect-resource-name", "NAME", "the lease's name")
                        .defaultsTo("kubepki-controller")
                        .under(ELECTION),
                OptionSpec.text("leader-elect-resource-namespace", "NAME", "the lease's namespace")
                        .defaultsTo("kube-system")
                        .under(ELECTION));
    }

    @Override
    public int run(Invocation in) throws Exception {
        if (in.flag("manifest")) {
            in.out().print(manifest(in));
            return ExitCode.DONE;
        }
        ServerLog.install(in.err(), in.required("log-level"));
        ControllerRun.Options options = options(in);
        Target target = target(in);
        Duration patience = Duration.ofMillis(
                in.duration("leader-elect-renew-deadline").orElseThrow().toMillis() / 2);
        RemoteCluster cluster = ClusterOptions.connect(in, target, "kubepki-controller");
        RemoteCluster leases = ClusterOptions.connect(in, target, "kubepki-controller", patience);
        ControllerRun run = start(in, new ControllerRun.Cluster(cluster, leases, target::authority), options);
        CountDownLatch ended = new CountDownLatch(1);
        Thread stop = Thread.ofPlatform().unstarted(() -> {
            close(run, cluster, leases);
            ended.countDown();
            Runtime.getRuntime().halt(ExitCode.DONE);
        });
        Runtime.getRuntime().addShutdownHook(stop);
        in.out().println("kubepki runs controllers for " + target.server());
        in.out().flush();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Runtime.getRuntime().removeShutdownHook(stop);
            close(run, cluster, leases);
        }
        return ExitCode.DONE;
    }

    private static void close(ControllerRun run, RemoteCluster cluster, RemoteCluster leases) {
        run.close();
        cluster.close();
        leases.close();
    }

    /// A named or usual kubeconfig, or else the pod's service account.
    private static Target target(Invocation in) throws CommandFailure {
        boolean pod = !in.given("kubeconfig")
                && !in.given("context")
                && in.environment().getOrDefault("KUBECONFIG", "").isEmpty()
                && in.environment().containsKey("KUBERNETES_SERVICE_HOST");
        return pod ? Target.inCluster(in.environment(), in.clock()) : ClusterOptions.target(in);
    }

    private static ControllerRun start(Invocation in, ControllerRun.Cluster cluster, ControllerRun.Options options)
            throws CommandFailure {
        try {
            return ControllerRun.start(cluster, options, in.clock(), new SecureRandom());
        } catch (ServerFailure e) {
            throw new CommandFailure(e.sentence(), e);
        }
    }

    private static ControllerRun.Options options(Invocation in) {
        Path directory = in.requiredPath("dir");
        return new ControllerRun.Options(
                ControllerFlags.of(in),
                directory,
                in.path("data").orElse(directory.resolve("data")),
                in.required("leader-elect").equals("true") ? Optional.of(electionOptions(in)) : Optional.empty(),
                in.string("metrics-bind-address").map(ControllerCommand::bind));
    }

    private static ElectionOptions electionOptions(Invocation in) {
        byte[] own = new byte[IDENTITY_BYTES];
        new SecureRandom().nextBytes(own);
        try {
            return new ElectionOptions(
                    in.required("leader-elect-resource-namespace"),
                    in.required("leader-elect-resource-name"),
                    HostNetwork.detect().name() + "_" + HexFormat.of().formatHex(own),
                    in.duration("leader-elect-lease-duration").orElseThrow(),
                    in.duration("leader-elect-renew-deadline").orElseThrow(),
                    in.duration("leader-elect-retry-period").orElseThrow());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--leader-elect-…: " + e.getMessage());
        }
    }

    private static InetSocketAddress bind(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            String host = colon < 0 ? "" : text.substring(0, colon).replaceAll("^\\[|\\]$", "");
            return host.isEmpty()
                    ? new InetSocketAddress(port)
                    : new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (IllegalArgumentException | UnknownHostException e) {
            throw new UsageException("--metrics-bind-address: '" + text + "' is not host:port");
        }
    }

    private static String manifest(Invocation in) throws CommandFailure {
        List<String> arguments = ControllerFlags.given(in);
        try {
            return ControllerManifest.of(
                    ControllerFlags.of(in),
                    in.required("image"),
                    in.required("leader-elect-resource-namespace"),
                    in.required("leader-elect-resource-name"),
                    arguments);
        } catch (ServerFailure e) {
            throw new CommandFailure(e.sentence(), e);
        }
    }
}
