package dev.kubepki.server.controller;

import dev.kubepki.api.client.ClusterClient;
import dev.kubepki.api.kind.Kind;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.auth.rbac.Aggregation;
import dev.kubepki.server.auth.rbac.PolicyRule;
import dev.kubepki.server.registry.Call;
import dev.kubepki.server.registry.Operations;
import dev.kubepki.server.registry.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Keeps the rules of ClusterRoles that are made of other ClusterRoles.
public final class RoleAggregator implements Keeper {
    private static final String MANAGER = "clusterrole-aggregation-controller";
    private static final Options.Write FORCE = new Options.Write("PatchOptions", "", MANAGER, "", true);

    /// Roles of roles of roles: deeper than any that are shipped.
    private static final int DEPTH = 8;

    private final ClusterClient client;
    private final Operations operations;
    private final UserInfo user;
    private final Kind roles;
    private final Map<String, ObjectNode> known = new ConcurrentHashMap<>();
    private final WorkQueue queue = new WorkQueue("aggregation", 1, this::aggregate);
    private final List<AutoCloseable> following = new ArrayList<>();
    private volatile boolean settled;

    /// @param user as whom it writes rules that nobody gave it
    /// @param roles the row of ClusterRoles
    public RoleAggregator(ClusterClient client, Operations operations, UserInfo user, Kind roles) {
        this.client = client;
        this.operations = operations;
        this.user = user;
        this.roles = roles;
    }

    /// Begins. All roles have their rules when it returns.
    @Override
    public void start() {
        following.add(client.follow(roles, new ClusterClient.Follower() {
            @Override
            public void present(ObjectNode object) {
                known.put(name(object), object);
                changed();
            }

            @Override
            public void gone(ObjectNode object) {
                known.remove(name(object));
                changed();
            }
        }));
        int round = 0;
        while (round < DEPTH && aggregateAll()) {
            round++;
        }
        settled = true;
        changed();
    }

    private void changed() {
        if (settled) {
            known.forEach((name, role) -> {
                if (Aggregation.isAggregated(role)) {
                    queue.add(name);
                }
            });
        }
    }

    private boolean aggregateAll() {
        boolean changed = false;
        for (ObjectNode role : List.copyOf(known.values())) {
            changed |= Aggregation.isAggregated(role) && apply(role);
        }
        return changed;
    }

    private void aggregate(String name) {
        ObjectNode role = known.get(name);
        if (role != null && Aggregation.isAggregated(role)) {
            apply(role);
        }
    }

    /// Whether its rules had to be changed.
    private boolean apply(ObjectNode role) {
        List<PolicyRule> rules = Aggregation.rules(role, known.values());
        if (rules.equals(PolicyRule.rulesOf(role))) {
            return false;
        }
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        configuration
                .put("kind", "ClusterRole")
                .put("apiVersion", role.path("apiVersion").asString(""))
                .putObject("metadata")
                .put("name", name(role));
        configuration.set("rules", PolicyRule.toTree(rules));
        Call call = new Call(roles, roles.versions().getFirst(), "", "", name(role), user, MANAGER, warning -> {});
        ObjectNode applied = operations
                .patch(call, "application/apply-patch+yaml", configuration, List.of(), FORCE)
                .object();
        known.replace(name(role), role, applied);
        return true;
    }

    private static String name(ObjectNode role) {
        return role.path("metadata").path("name").asString("");
    }

    @Override
    public void close() {
        queue.close();
        Followings.close(following);
    }
}
