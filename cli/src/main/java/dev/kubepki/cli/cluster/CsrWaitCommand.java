package dev.kubepki.cli.cluster;

import dev.kubepki.cli.command.ClusterOptions;
import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.pki.inspect.SafeText;
import dev.kubepki.server.request.CsrState;
import dev.kubepki.server.request.RequestObject;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// `kubepki csr wait`.
final class CsrWaitCommand implements Handler {
    static CommandSpec spec() {
        return CommandSpec.named("wait", "Wait until a request is issued, denied or failed")
                .operands(Operands.between(1, 1, "NAME", ValueKind.TEXT))
                .options(timeout())
                .options(ClusterOptions.options())
                .exits(ExitCode.FAILED, "the time was up")
                .exits(ExitCode.FINDINGS, "it was denied, or its signer refused it")
                .example("kubepki csr wait anna && kubepki csr download anna -o anna.crt", "as soon as it is there")
                .runs(CsrWaitCommand::new);
    }

    static OptionSpec timeout() {
        return OptionSpec.duration("timeout", "TIME", "how long to wait").defaultsTo("60s");
    }

    @Override
    public int run(Invocation in) throws Exception {
        Cluster cluster = new Cluster(ClusterOptions.connect(in));
        Duration timeout = in.duration("timeout").orElseThrow();
        ObjectNode object =
                new Waiting(cluster, in.clock(), timeout).settled(in.operands().getFirst());
        CsrState state = new RequestObject(object).state();
        if (!Waiting.isSettled(object)) {
            throw timedOut(object, timeout);
        }
        in.out()
                .println(ObjectOutput.name(cluster.kind(Cluster.REQUESTS), object) + " "
                        + state.label().toLowerCase(Locale.ROOT) + told(object, state));
        return state == CsrState.ISSUED ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    static CommandFailure timedOut(ObjectNode object, Duration timeout) {
        RequestObject request = new RequestObject(object);
        return new CommandFailure(
                "timed out after " + timeout.toSeconds() + "s: the request \"" + request.name() + "\" is still "
                        + request.state().label().toLowerCase(Locale.ROOT),
                "Ask why with 'kubepki csr explain " + request.name() + "'.");
    }

    /// What was given as the reason.
    static String told(ObjectNode object, CsrState state) {
        return new RequestObject(object)
                .condition(state.label())
                .map(condition -> ": " + condition.path("reason").asString("") + ", "
                        + condition.path("message").asString(""))
                .map(SafeText::escape)
                .orElse("");
    }
}
