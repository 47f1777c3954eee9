package dev.kubepki.cli.cluster;

import dev.kubepki.cli.frame.Style;
import dev.kubepki.cli.frame.Table;
import dev.kubepki.pki.inspect.SafeText;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.controller.explain.Danger;
import dev.kubepki.server.controller.explain.Dangers;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// A request with what is conspicuous about it.
record Flagged(ObjectNode request, List<Danger> dangers) {
    /// Judged with what the cluster tells of the node that asks.
    static Flagged of(ObjectNode request, Cluster cluster) {
        return new Flagged(request, Dangers.of(request, cluster.nodeAddresses(request), CryptoProvider.jdk()));
    }

    /// Judged by itself.
    static Flagged of(ObjectNode request) {
        return new Flagged(request, Dangers.of(request, Optional.empty(), CryptoProvider.jdk()));
    }

    boolean isConspicuous() {
        return !dangers.isEmpty();
    }

    String name() {
        return request.path("metadata").path("name").asString("");
    }

    /// The names of the dangers, for a column.
    String flags() {
        return dangers.isEmpty() ? "<none>" : dangers.stream().map(Danger::name).collect(Collectors.joining(","));
    }

    /// One row each.
    static void print(List<Danger> dangers, Style style, PrintStream out) {
        Table table = Table.of("FLAG", "MEANING");
        dangers.forEach(danger -> table.row(style.yellow(danger.name()), SafeText.escape(danger.meaning())));
        table.print(out);
    }
}
