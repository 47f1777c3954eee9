package dev.kubepki.cli.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A role for a user, as objects. Pure.
///
/// @param clusterRole whether it is a ClusterRole
/// @param namespace where it holds; empty for everywhere
/// @param verbs of a Role that is made for it; empty when the role is there
/// @param resources of that Role: `pods`, `deployments.apps`, `pods/log`
record Grant(
        String user, String role, boolean clusterRole, String namespace, List<String> verbs, List<String> resources) {
    static final String ROLES = "roles.rbac.authorization.k8s.io";
    static final String CLUSTER_ROLES = "clusterroles.rbac.authorization.k8s.io";
    static final String BINDINGS = "rolebindings.rbac.authorization.k8s.io";
    static final String CLUSTER_BINDINGS = "clusterrolebindings.rbac.authorization.k8s.io";

    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final String VERSION = GROUP + "/v1";

    /// Where the role itself is.
    String roleResource() {
        return clusterRole ? CLUSTER_ROLES : ROLES;
    }

    String bindingResource() {
        return namespace.isEmpty() ? CLUSTER_BINDINGS : BINDINGS;
    }

    /// The Role, where one is to be made.
    Optional<ObjectNode> newRole() {
        if (verbs.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode object = object("Role", role);
        ArrayNode rules = object.putArray("rules");
        byGroup().forEach((group, names) -> {
            ObjectNode rule = rules.addObject();
            rule.putArray("apiGroups").add(group);
            ArrayNode list = rule.putArray("resources");
            names.forEach(list::add);
            ArrayNode allowed = rule.putArray("verbs");
            verbs.forEach(allowed::add);
        });
        return Optional.of(object);
    }

    /// `deployments.apps/scale` is the resource `deployments/scale` of the group `apps`.
    private Map<String, List<String>> byGroup() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String resource : resources) {
            int slash = resource.indexOf('/');
            String name = slash < 0 ? resource : resource.substring(0, slash);
            String below = slash < 0 ? "" : resource.substring(slash);
            int dot = name.indexOf('.');
            String group = dot < 0 ? "" : name.substring(dot + 1);
            String plural = dot < 0 ? name : name.substring(0, dot);
            groups.computeIfAbsent(group, key -> new ArrayList<>()).add(plural + below);
        }
        return groups;
    }

    /// What gives the role to the user.
    ObjectNode binding() {
        ObjectNode object = object(
                namespace.isEmpty() ? "ClusterRoleBinding" : "RoleBinding",
                (role + "-binding-" + user).replace('/', '-').replace('%', '-'));
        object.putObject("roleRef")
                .put("apiGroup", GROUP)
                .put("kind", clusterRole ? "ClusterRole" : "Role")
                .put("name", role);
        object.putArray("subjects")
                .addObject()
                .put("apiGroup", GROUP)
                .put("kind", "User")
                .put("name", user);
        return object;
    }

    private ObjectNode object(String kind, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", VERSION).put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return object;
    }
}
