package dev.kubepki.cli.cluster;

import dev.kubepki.cli.command.ClusterOptions;
import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.Prompt;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.pki.inspect.SafeText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// `kubepki csr approve` and `kubepki csr deny`.
final class CsrDecision {
    private CsrDecision() {}

    static CommandSpec approveSpec() {
        return spec("approve", "Approve requests")
                .describedAs("""
                        Tells first what is conspicuous about each request, and then asks; where nobody can answer, --yes is
                        needed. Who approves decides who is trusted: make sure that the requester holds the key, and may be
                        whom the request names.
                        """)
                .options(OptionSpec.flag("yes", "approve what is conspicuous too, without being asked"))
                .options(common("KubepkiApprove"))
                .example("kubepki csr approve anna", "asks, where anna's request is conspicuous")
                .runs(() -> CsrDecision::approve);
    }

    static CommandSpec denySpec() {
        return spec("deny", "Deny requests")
                .options(common("KubepkiDeny"))
                .example("kubepki csr deny anna --message 'ask for the group dev, not ops'", "and why")
                .runs(() -> CsrDecision::deny);
    }

    private static CommandSpec.Builder spec(String word, String summary) {
        return CommandSpec.named(word, summary).operands(Operands.atLeast(1, "NAME...", ValueKind.TEXT));
    }

    private static List<OptionSpec> common(String reason) {
        List<OptionSpec> options = new ArrayList<>(List.of(
                OptionSpec.text("reason", "WORD", "the condition's reason, for programs")
                        .defaultsTo(reason),
                OptionSpec.text("message", "TEXT", "the condition's message, for people")));
        options.addAll(ClusterOptions.options());
        return options;
    }

    private static Decision decision(Invocation in, String type, String word) {
        return new Decision(type, in.required("reason"), in.string("message").orElse("This CSR was " + word + "."));
    }

    private static int approve(Invocation in) throws IOException, CommandFailure {
        Decision decision = decision(in, "Approved", "approved by kubepki csr approve");
        Cluster cluster = new Cluster(ClusterOptions.connect(in));
        List<ObjectNode> seen = seen(in, cluster, decision);
        if (!in.flag("yes") && !isAccepted(in, cluster, seen, decision)) {
            throw new CommandFailure("nothing was approved");
        }
        write(in, cluster, seen, decision, "approved");
        return ExitCode.DONE;
    }

    private static int deny(Invocation in) throws CommandFailure {
        Decision decision = decision(in, "Denied", "denied by kubepki csr deny");
        Cluster cluster = new Cluster(ClusterOptions.connect(in));
        write(in, cluster, seen(in, cluster, decision), decision, "denied");
        return ExitCode.DONE;
    }

    /// All of them are there and may be decided on, before the first is.
    private static List<ObjectNode> seen(Invocation in, Cluster cluster, Decision decision) throws CommandFailure {
        List<ObjectNode> seen = new ArrayList<>();
        for (String name : in.operands()) {
            ObjectNode request = cluster.request(name);
            decision.isTaken(request);
            seen.add(request);
        }
        return seen;
    }

    private static boolean isAccepted(Invocation in, Cluster cluster, List<ObjectNode> seen, Decision decision)
            throws IOException, CommandFailure {
        for (ObjectNode request : seen) {
            if (!decision.isTaken(request) && !Approval.isAccepted(in, Flagged.of(request, cluster))) {
                return false;
            }
        }
        return true;
    }

    private static void write(Invocation in, Cluster cluster, List<ObjectNode> seen, Decision decision, String verb)
            throws CommandFailure {
        for (ObjectNode request : seen) {
            decision.write(cluster, request, in.clock());
            in.out().println(ObjectOutput.name(cluster.kind(Cluster.REQUESTS), request) + " " + verb);
        }
    }

    /// What a person is asked.
    static final class Approval {
        private Approval() {}

        static boolean isAccepted(Invocation in, Flagged flagged) throws IOException {
            if (!flagged.isConspicuous()) {
                return true;
            }
            in.err().println("The request " + SafeText.escape(flagged.name()) + " is conspicuous:");
            Flagged.print(flagged.dangers(), in.errStyle(), in.err());
            return Prompt.confirm(in, "Approve it all the same", "--yes");
        }
    }
}
