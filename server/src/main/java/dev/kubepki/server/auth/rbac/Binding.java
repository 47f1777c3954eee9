package dev.kubepki.server.auth.rbac;

import dev.kubepki.api.failure.Rendering;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A RoleBinding or ClusterRoleBinding.
///
/// @param namespace empty: of the whole cluster
/// @param roleKind `Role` or `ClusterRole`
/// @param roleKey under which the role is found
record Binding(
        String namespace, String name, String roleKind, String roleName, String roleKey, List<Subject> subjects) {
    static Binding of(String namespace, String name, ObjectNode tree) {
        String roleKind = tree.path("roleRef").path("kind").asString("");
        String roleName = tree.path("roleRef").path("name").asString("");
        String roleKey = RbacObjects.key(roleKind.equals("Role") ? namespace : "", roleName);
        return new Binding(namespace, name, roleKind, roleName, roleKey, Subject.subjectsOf(tree));
    }

    /// `ClusterRoleBinding "b" of ClusterRole "r"`.
    String words() {
        String self = namespace.isEmpty()
                ? "ClusterRoleBinding " + Rendering.quote(name)
                : "RoleBinding " + Rendering.quote(name + "/" + namespace);
        return self + " of " + roleKind + " " + Rendering.quote(roleName);
    }

    /// What is said when its role is not there.
    String missing() {
        String kind = roleKind.equals("Role") ? "role" : "clusterrole";
        return kind + "." + Subject.GROUP + " " + Rendering.quote(roleName) + " not found";
    }
}
