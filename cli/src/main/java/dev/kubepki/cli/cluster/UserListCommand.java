package dev.kubepki.cli.cluster;

import dev.kubepki.api.client.ListQuery;
import dev.kubepki.cli.command.ClusterOptions;
import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.Table;
import dev.kubepki.pki.inspect.SafeText;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// `kubepki user list`.
final class UserListCommand implements Handler {
    static CommandSpec spec() {
        return CommandSpec.named("list", "List the users that requests and bindings tell of")
                .describedAs("""
                        Kubernetes keeps no users. This is who has a request for a client's certificate, which stays for an
                        hour after it was issued, and who is named in a binding of a role.
                        """)
                .options(OptionSpec.flag("all", "Kubernetes' own users too, whose names begin with system:"))
                .options(ClusterOptions.options())
                .runs(UserListCommand::new);
    }

    @Override
    public int run(Invocation in) throws CommandFailure {
        Cluster cluster = new Cluster(ClusterOptions.connect(in));
        Optional<List<ObjectNode>> requests = all(cluster, Cluster.REQUESTS);
        Optional<List<ObjectNode>> everywhere = all(cluster, Grant.CLUSTER_BINDINGS);
        Optional<List<ObjectNode>> bindings = all(cluster, Grant.BINDINGS);
        if (requests.isEmpty() && everywhere.isEmpty() && bindings.isEmpty()) {
            throw new CommandFailure("neither requests nor bindings may be read: users can't be told");
        }
        KnownUsers users = new KnownUsers();
        requests.orElse(List.of()).forEach(users::addRequest);
        everywhere.orElse(List.of()).forEach(users::addBinding);
        bindings.orElse(List.of()).forEach(users::addBinding);
        Table table = Table.of("USER", "GROUPS", "CERTIFICATE", "ROLES");
        for (KnownUsers.Row row : users.rows()) {
            if (in.flag("all") || !row.user().startsWith("system:")) {
                table.row(cell(row.user()), cell(row.groups()), cell(row.certificate()), cell(row.roles()));
            }
        }
        if (table.isEmpty()) {
            in.err().println("No users found");
        } else {
            table.print(in.out());
        }
        return ExitCode.DONE;
    }

    private static String cell(String text) {
        return text.isEmpty() ? "<none>" : SafeText.escape(text);
    }

    private static Optional<List<ObjectNode>> all(Cluster cluster, String resource) {
        return Cluster.ifAllowed(() -> cluster.all(resource, ListQuery.ALL));
    }
}
