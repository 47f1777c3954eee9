package dev.kubepki.cli.cluster;

import dev.kubepki.api.client.ListQuery;
import dev.kubepki.cli.command.ClusterOptions;
import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.Table;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.pki.inspect.SafeText;
import dev.kubepki.server.controller.explain.Danger;
import dev.kubepki.server.request.CsrState;
import dev.kubepki.server.request.RequestObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// `kubepki csr show` and `kubepki csr review`.
final class CsrShow {
    private CsrShow() {}

    static CommandSpec showSpec() {
        return CommandSpec.named("show", "Show what a request asks for, and what is conspicuous about it")
                .operands(Operands.between(0, 1000, "[NAME...]", ValueKind.TEXT))
                .options(file())
                .options(ClusterOptions.options())
                .example("kubepki csr show anna", "before it is approved")
                .example("kubectl get csr anna -o yaml | kubepki csr show -f -", "without access to a cluster")
                .runs(() -> CsrShow::show);
    }

    static CommandSpec reviewSpec() {
        return CommandSpec.named("review", "Judge requests, and end with 3 where one is conspicuous")
                .describedAs("Without a NAME it judges all requests that nobody has decided on.")
                .operands(Operands.between(0, 1000, "[NAME...]", ValueKind.TEXT))
                .options(file())
                .options(ClusterOptions.options())
                .exits(ExitCode.FINDINGS, "a request is conspicuous")
                .example("kubepki csr review", "all that wait for an approver")
                .example("kubepki csr review anna && kubepki csr approve anna", "in a script")
                .runs(() -> CsrShow::review);
    }

    private static OptionSpec file() {
        return OptionSpec.file(
                        "filename",
                        "FILE",
                        "objects saved in this file, and none of a cluster; - for standard" + " input")
                .letter('f');
    }

    private static int show(Invocation in) throws IOException, CommandFailure {
        if (in.operands().isEmpty() && !in.given("filename")) {
            throw new UsageException("name a request, or a file with --filename");
        }
        boolean first = true;
        for (Flagged each : wanted(in)) {
            if (!first) {
                in.out().println();
            }
            first = false;
            new RequestText(in.out(), in.style()).print(each);
        }
        return ExitCode.DONE;
    }

    private static int review(Invocation in) throws IOException, CommandFailure {
        List<Flagged> judged = wanted(in);
        Table table = Table.of("NAME", "FLAG", "MEANING");
        for (Flagged each : judged) {
            String name = SafeText.escape(each.name());
            for (Danger danger : each.dangers()) {
                table.row(name, in.style().yellow(danger.name()), SafeText.escape(danger.meaning()));
            }
            if (!each.isConspicuous()) {
                table.row(name, in.style().green("<none>"), "nothing conspicuous");
            }
        }
        if (judged.isEmpty()) {
            in.err().println("No request waits for an approver");
        } else {
            table.print(in.out());
        }
        return judged.stream().anyMatch(Flagged::isConspicuous) ? ExitCode.FINDINGS : ExitCode.DONE;
    }

    private static List<Flagged> wanted(Invocation in) throws IOException, CommandFailure {
        if (in.given("filename")) {
            if (!in.operands().isEmpty()) {
                throw new UsageException("names and --filename don't go together");
            }
            return RequestInput.objects(in, in.required("filename")).stream()
                    .map(Flagged::of)
                    .toList();
        }
        Cluster cluster = new Cluster(ClusterOptions.connect(in));
        List<ObjectNode> objects = new ArrayList<>();
        for (String name : in.operands()) {
            objects.add(cluster.request(name));
        }
        if (in.operands().isEmpty()) {
            cluster.all(Cluster.REQUESTS, ListQuery.ALL).stream()
                    .filter(object -> new RequestObject(object).state() == CsrState.PENDING)
                    .forEach(objects::add);
        }
        return objects.stream()
                .map(object -> Flagged.of(object, cluster))
                .sorted(Comparator.comparing(Flagged::name))
                .toList();
    }
}
