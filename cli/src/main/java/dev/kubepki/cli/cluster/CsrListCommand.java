package dev.kubepki.cli.cluster;

import dev.kubepki.api.client.ListQuery;
import dev.kubepki.cli.command.ClusterOptions;
import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.OutputFormat;
import dev.kubepki.pki.inspect.SafeText;
import dev.kubepki.server.request.CsrState;
import dev.kubepki.server.request.RequestObject;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `kubepki csr list`.
final class CsrListCommand implements Handler {
    static CommandSpec spec() {
        return CommandSpec.named("list", "List the requests, and what is conspicuous about each")
                .describedAs("""
                        The columns of 'kubectl get csr', and FLAGS: the names of what an approver must know, which 'kubepki
                        csr show NAME' explains.
                        """)
                .options(
                        OptionSpec.flag("pending", "those alone that nobody has decided on"),
                        OptionSpec.flag("flagged", "those alone that are conspicuous"),
                        OptionSpec.text("selector", "LABELS", "those alone with these labels, such as a=b")
                                .letter('l'),
                        OptionSpec.output(
                                OutputFormat.TABLE,
                                OutputFormat.WIDE,
                                OutputFormat.JSON,
                                OutputFormat.YAML,
                                OutputFormat.NAME))
                .options(ClusterOptions.options())
                .example("kubepki csr list --pending", "what waits for an approver")
                .example("kubepki csr list --flagged -o wide", "with the subjects asked for")
                .runs(CsrListCommand::new);
    }

    @Override
    public int run(Invocation in) throws CommandFailure {
        Cluster cluster = new Cluster(ClusterOptions.connect(in));
        ListQuery query = new ListQuery("", in.string("selector").orElse(""), "", 0, "");
        List<Flagged> requests = cluster.all(Cluster.REQUESTS, query).stream()
                .filter(object -> !in.flag("pending") || new RequestObject(object).state() == CsrState.PENDING)
                .map(object -> Flagged.of(object, cluster))
                .filter(flagged -> !in.flag("flagged") || flagged.isConspicuous())
                .sorted(Comparator.comparing(Flagged::name))
                .toList();
        switch (in.output()) {
            case JSON, YAML -> in.out().print(SafeText.escapeDocument(Trees.print(list(requests), in.output())));
            case NAME ->
                requests.forEach(
                        each -> in.out().println(ObjectOutput.name(cluster.kind(Cluster.REQUESTS), each.request())));
            default -> table(in, cluster, requests);
        }
        return ExitCode.DONE;
    }

    private static void table(Invocation in, Cluster cluster, List<Flagged> requests) {
        if (requests.isEmpty()) {
            in.err().println("No resources found");
            return;
        }
        new RequestTable(cluster.kind(Cluster.REQUESTS), in.style(), in.clock().instant())
                .print(requests, in.output() == OutputFormat.WIDE, in.out());
    }

    private static ObjectNode list(List<Flagged> requests) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("apiVersion", "v1").put("kind", "List");
        ArrayNode items = list.putArray("items");
        requests.forEach(each -> items.add(each.request()));
        list.putObject("metadata").put("resourceVersion", "");
        return list;
    }
}
