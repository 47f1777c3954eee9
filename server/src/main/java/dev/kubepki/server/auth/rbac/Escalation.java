package dev.kubepki.server.auth.rbac;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.server.auth.Attributes;
import dev.kubepki.server.auth.Authorizer;
import dev.kubepki.server.auth.PrivilegedGroup;
import dev.kubepki.server.auth.UserInfo;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Keeps users from giving, by roles or bindings, what they don't have.
public final class Escalation {
    private static final String GROUP = Subject.GROUP;
    private static final List<String> ALL = List.of("*");
    private static final List<PolicyRule> EVERYTHING =
            List.of(PolicyRule.resources(ALL, ALL, ALL), PolicyRule.paths(ALL, ALL));

    private final RbacObjects objects;
    private final Authorizer authorizer;

    /// @param authorizer asked whether a user may `escalate` or `bind`
    public Escalation(RbacObjects objects, Authorizer authorizer) {
        this.objects = objects;
        this.authorizer = authorizer;
    }

    /// Judges a Role or ClusterRole that is created, or whose rules or aggregation rule changed.
    ///
    /// @param requestName the name in the URL: empty on create
    /// @param aggregationChanged whether its aggregation rule is another one than before, or is new
    /// @throws ApiFailure 403 when it gives more than the user has
    public void checkRole(UserInfo user, ObjectNode role, String requestName, boolean aggregationChanged) {
        String namespace = text(role, "namespace");
        String plural = text(role, "namespace").isEmpty() ? "clusterroles" : "roles";
        if (mayEscalate(user, plural, namespace, requestName)) {
            return;
        }
        String name = text(role, "name");
        checkCovered(user, namespace, PolicyRule.rulesOf(role), plural, name);
        if (aggregationChanged && Aggregation.isAggregated(role)) {
            boolean all = Coverage.missing(objects.rulesFor(user, "").rules(), EVERYTHING)
                    .isEmpty();
            if (!all) {
                throw Failures.forbidden(
                        plural + "." + GROUP, name, "must have cluster-admin privileges to use the aggregationRule");
            }
        }
    }

    /// Judges a RoleBinding or ClusterRoleBinding that is created, or whose role or subjects changed.
    ///
    /// @throws ApiFailure 403 when it gives more than the user has, 404 when its role is not there
    public void checkBinding(UserInfo user, ObjectNode binding) {
        String namespace = text(binding, "namespace");
        String roleKind = binding.path("roleRef").path("kind").asString("");
        String roleName = binding.path("roleRef").path("name").asString("");
        String rolePlural = roleKind.equals("Role") ? "roles" : "clusterroles";
        if (isMaster(user) || may(user, "bind", rolePlural, namespace, roleName)) {
            return;
        }
        List<PolicyRule> rules = objects.rulesOf(roleKind, roleName, namespace);
        if (rules == null) {
            throw Failures.notFound(rolePlural + "." + GROUP, roleName);
        }
        String plural = namespace.isEmpty() ? "clusterrolebindings" : "rolebindings";
        checkCovered(user, namespace, rules, plural, text(binding, "name"));
    }

    private void checkCovered(UserInfo user, String namespace, List<PolicyRule> rules, String plural, String name) {
        RbacObjects.Rules own = objects.rulesFor(user, namespace);
        List<PolicyRule> missing = Coverage.missing(own.rules(), rules);
        if (missing.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder("user ")
                .append(Rendering.quote(user.name()))
                .append(" (groups=")
                .append(Rendering.quote(user.groups()))
                .append(") is attempting to grant RBAC permissions not currently held:\n")
                .append(Coverage.lines(missing));
        if (!own.errors().isEmpty()) {
            text.append("; resolution errors: [")
                    .append(String.join(" ", own.errors()))
                    .append(']');
        }
        throw Failures.forbidden(plural + "." + GROUP, name, text.toString());
    }

    private boolean mayEscalate(UserInfo user, String plural, String namespace, String name) {
        return isMaster(user) || may(user, "escalate", plural, namespace, name);
    }

    private static boolean isMaster(UserInfo user) {
        return user.groups().contains(PrivilegedGroup.MASTERS.group());
    }

    private boolean may(UserInfo user, String verb, String plural, String namespace, String name) {
        return authorizer
                .decide(Attributes.resource(user, verb, GROUP, plural, "", namespace, name))
                .allowed();
    }

    private static String text(ObjectNode object, String key) {
        return object.path("metadata").path(key).asString("");
    }
}
