package dev.kubepki.cli.cluster;

import dev.kubepki.api.client.ListQuery;
import dev.kubepki.api.table.HumanDuration;
import dev.kubepki.cli.command.ClusterOptions;
import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.Table;
import dev.kubepki.cli.frame.ValueKind;
import dev.kubepki.pki.inspect.SafeText;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.controller.explain.Explainer;
import dev.kubepki.server.controller.explain.Explanation;
import dev.kubepki.server.controller.explain.Known;
import dev.kubepki.server.controller.sign.SignerFile;
import dev.kubepki.server.request.RequestObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// `kubepki csr explain`.
final class CsrExplainCommand implements Handler {
    private static final int COLUMN = 12;

    static CommandSpec spec() {
        return CommandSpec.named("explain", "Say who has to act on a request, and why nothing happened")
                .describedAs("""
                        Looks at the request, at the events about it and at the leases by which controllers say that they
                        run. What may not be read is left out.
                        """)
                .operands(Operands.between(1, 1, "NAME", ValueKind.TEXT))
                .options(ClusterOptions.options())
                .example("kubepki csr explain anna", "why there is no certificate yet")
                .runs(CsrExplainCommand::new);
    }

    @Override
    public int run(Invocation in) throws CommandFailure {
        Cluster cluster = new Cluster(ClusterOptions.connect(in));
        ObjectNode object = cluster.request(in.operands().getFirst());
        Optional<List<ObjectNode>> events = events(cluster, new RequestObject(object).uid());
        List<ObjectNode> leases = Cluster.ifAllowed(
                        () -> cluster.all("leases.coordination.k8s.io", ListQuery.in("kube-system")))
                .orElse(List.of());
        Known known = new Known(
                events.orElse(List.of()),
                leases,
                SignerFile.shipped().policies(),
                in.clock().instant());
        print(in, object, new Explainer(known, CryptoProvider.jdk()).explain(object));
        print(in, events);
        return ExitCode.DONE;
    }

    private static Optional<List<ObjectNode>> events(Cluster cluster, String uid) {
        ListQuery about = new ListQuery("", "", "involvedObject.uid=" + uid, 0, "");
        return Cluster.ifAllowed(() -> cluster.all("events", about));
    }

    private static void print(Invocation in, ObjectNode object, Explanation explanation) {
        line(in, "Request", new RequestObject(object).name());
        line(in, "State", explanation.state().label());
        if (!explanation.isSettled()) {
            line(in, "Waits For", explanation.actor());
            line(in, "Runs", explanation.activity());
        }
        line(in, "Why", explanation.cause());
        line(in, "What To Do", explanation.remedy());
    }

    private static void line(Invocation in, String label, String text) {
        in.out().println(in.style().bold(label + ":") + " ".repeat(COLUMN - label.length()) + SafeText.escape(text));
    }

    private static void print(Invocation in, Optional<List<ObjectNode>> events) {
        if (events.isEmpty()) {
            line(in, "Events", "<may not be read>");
            return;
        }
        if (events.get().isEmpty()) {
            line(in, "Events", "<none>");
            return;
        }
        in.out().println(in.style().bold("Events:"));
        Table table = Table.of("  TYPE", "REASON", "AGE", "FROM", "MESSAGE");
        Instant now = in.clock().instant();
        events.get().stream()
                .sorted(Comparator.comparing(CsrExplainCommand::time))
                .forEach(event -> table.row(
                        "  " + text(event, "type"),
                        text(event, "reason"),
                        age(event, now),
                        from(event),
                        text(event, "message")));
        table.print(in.out());
    }

    private static String text(ObjectNode event, String field) {
        return SafeText.escape(event.path(field).asString(""));
    }

    private static String from(ObjectNode event) {
        String reporter = text(event, "reportingComponent");
        return reporter.isEmpty()
                ? SafeText.escape(event.path("source").path("component").asString(""))
                : reporter;
    }

    private static String time(ObjectNode event) {
        String last = event.path("lastTimestamp").asString("");
        return last.isEmpty() ? event.path("eventTime").asString("") : last;
    }

    private static String age(ObjectNode event, Instant now) {
        try {
            return HumanDuration.of(
                    Duration.between(OffsetDateTime.parse(time(event)).toInstant(), now));
        } catch (DateTimeException e) {
            return "<unknown>";
        }
    }
}
