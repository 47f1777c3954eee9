package dev.kubepki.cli.command;

import dev.kubepki.api.client.remote.RemoteCluster;
import dev.kubepki.api.client.remote.Target;
import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.pki.files.Kubeconfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The options by which a command finds a cluster, and the way to it.
public final class ClusterOptions {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String UNDER = "Which cluster";

    private ClusterOptions() {}

    /// For the rows of commands that work on a cluster.
    public static List<OptionSpec> options() {
        return List.of(
                OptionSpec.file(
                                "kubeconfig",
                                "FILE",
                                "the kubeconfig, instead of those of KUBECONFIG or ~/.kube/config")
                        .under(UNDER),
                OptionSpec.text("context", "NAME", "a context of it, instead of the current one")
                        .under(UNDER));
    }

    /// The cluster, which is not asked anything yet.
    public static RemoteCluster connect(Invocation in) throws CommandFailure {
        return connect(in, target(in), "kubepki");
    }

    /// The cluster of a target.
    ///
    /// @param program under whose name fields are written
    public static RemoteCluster connect(Invocation in, Target target, String program) {
        return connect(in, target, program, TIMEOUT);
    }

    /// @param timeout of each request
    static RemoteCluster connect(Invocation in, Target target, String program, Duration timeout) {
        String agent = program + "/" + in.table().version();
        return RemoteCluster.connect(target, agent, timeout, in.clock(), new SecureRandom());
    }

    /// What the kubeconfigs lead to.
    public static Target target(Invocation in) throws CommandFailure {
        return Target.of(
                kubeconfig(in),
                Target.Choice.context(in.string("context")),
                in.environment(),
                in.inIsTerminal() && in.errIsTerminal(),
                in.clock());
    }

    /// The kubeconfigs as one.
    public static Kubeconfig kubeconfig(Invocation in) throws CommandFailure {
        Optional<Path> named = in.path("kubeconfig");
        if (named.isPresent() && Files.notExists(named.get())) {
            throw new CommandFailure(
                    "--kubeconfig: " + in.required("kubeconfig") + " is not there", "Name a kubeconfig that exists.");
        }
        return KubeconfigEdits.files(in).stacked();
    }
}
