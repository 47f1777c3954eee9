package dev.kubepki.cli.cluster;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.OutputFormat;
import dev.kubepki.cli.frame.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The role that a new user is given, by its options.
final class GrantOptions {
    private static final String UNDER = "What the user may do";

    private GrantOptions() {}

    static List<OptionSpec> options() {
        return List.of(
                OptionSpec.text("role", "ROLE", "bind this Role of the namespace; with --verb and --resource make it")
                        .under(UNDER),
                OptionSpec.text(
                                "cluster-role",
                                "ROLE",
                                "bind this ClusterRole, such as view: in the namespace of -n, without -n everywhere")
                        .under(UNDER),
                OptionSpec.text("verb", "VERB", "what a new Role allows, such as get,list")
                        .repeated()
                        .under(UNDER),
                OptionSpec.text("resource", "RESOURCE", "on what: pods, deployments.apps, pods/log")
                        .repeated()
                        .under(UNDER),
                OptionSpec.text("namespace", "NAME", "where the role holds; else the context's namespace")
                        .letter('n')
                        .under(UNDER));
    }

    /// @param namespace of the context
    static Optional<Grant> of(Invocation in, String user, String namespace) {
        in.atMostOneOf("role", "cluster-role");
        List<String> verbs = words(in, "verb");
        List<String> resources = words(in, "resource");
        if (verbs.isEmpty() != resources.isEmpty()) {
            throw new UsageException("a new Role needs both --verb and --resource");
        }
        if (!verbs.isEmpty() && !in.given("role")) {
            throw new UsageException("--verb and --resource are for a new Role: name it with --role");
        }
        String where = in.string("namespace").orElse(namespace);
        if (in.given("role")) {
            return Optional.of(new Grant(user, in.required("role"), false, where, verbs, resources));
        }
        return in.string("cluster-role")
                .map(role -> new Grant(user, role, true, in.string("namespace").orElse(""), verbs, resources));
    }

    private static List<String> words(Invocation in, String option) {
        List<String> words = new ArrayList<>();
        in.list(option).forEach(text -> words.addAll(List.of(text.split(",", -1))));
        words.removeIf(String::isBlank);
        return words;
    }

    /// Refuses what can't be granted, before a user is made for it, and warns of what is better not granted.
    static void require(Invocation in, Cluster cluster, Grant grant) throws CommandFailure {
        Optional<Optional<ObjectNode>> asked = Cluster.ifAllowed(
                () -> cluster.find(grant.roleResource(), grant.clusterRole() ? "" : grant.namespace(), grant.role()));
        if (asked.isPresent() && asked.get().isEmpty() && grant.newRole().isEmpty()) {
            throw new CommandFailure(
                    grant.roleResource() + " \"" + grant.role() + "\" not found"
                            + (grant.clusterRole() ? "" : " in the namespace " + grant.namespace()),
                    grant.clusterRole()
                            ? "Name one of 'kubectl get clusterroles', such as view or edit."
                            : "Give --verb and --resource to make it, or a --cluster-role such as view.");
        }
        Optional<ObjectNode> there = asked.flatMap(role -> role);
        if (there.isPresent() && grant.newRole().isPresent()) {
            throw new CommandFailure(
                    grant.roleResource() + " \"" + grant.role() + "\" already exists in the namespace "
                            + grant.namespace(),
                    "Leave out --verb and --resource to bind it as it is, or choose another name.");
        }
        there.or(grant::newRole)
                .flatMap(role -> ApprovalRights.warning(grant.user(), role))
                .ifPresent(lines -> lines.forEach(in.err()::println));
    }

    /// Makes it, or prints it for somebody who may.
    ///
    /// @return whether it was made
    static boolean make(Invocation in, Cluster cluster, Grant grant) {
        try {
            grant.newRole().ifPresent(role -> create(in, cluster, Grant.ROLES, role));
            create(in, cluster, grant.bindingResource(), grant.binding());
            return true;
        } catch (ApiFailure e) {
            if (e.code() != Cluster.FORBIDDEN) {
                throw e;
            }
            in.err().println("note: " + e.message());
            in.err().println("Have it applied by somebody who may:");
            print(in, grant);
            return false;
        }
    }

    static void print(Invocation in, Grant grant) {
        List<ObjectNode> objects = new ArrayList<>();
        grant.newRole().ifPresent(objects::add);
        objects.add(grant.binding());
        in.out().print(Trees.printAll(objects, OutputFormat.YAML));
    }

    private static void create(Invocation in, Cluster cluster, String resource, ObjectNode object) {
        try {
            cluster.create(resource, object);
            in.out().println(ObjectOutput.name(cluster.kind(resource), object) + " created");
        } catch (ApiFailure e) {
            if (e.code() != Cluster.CONFLICT || !isThere(cluster, resource, object)) {
                throw e;
            }
            in.out().println(ObjectOutput.name(cluster.kind(resource), object) + " unchanged");
        }
    }

    /// An earlier call made the same.
    private static boolean isThere(Cluster cluster, String resource, ObjectNode object) {
        String namespace = object.path("metadata").path("namespace").asString("");
        String name = object.path("metadata").path("name").asString("");
        return cluster.find(resource, namespace, name)
                .filter(there -> there.path("roleRef").equals(object.path("roleRef"))
                        && there.path("subjects").equals(object.path("subjects"))
                        && there.path("rules").equals(object.path("rules")))
                .isPresent();
    }
}
