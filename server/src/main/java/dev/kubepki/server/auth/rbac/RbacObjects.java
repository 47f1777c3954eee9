package dev.kubepki.server.auth.rbac;

import dev.kubepki.server.auth.UserInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// All roles and bindings, compiled for questions. Whoever watches the store keeps it up to date; until it says that
/// everything is here, and after it says that it lost touch, nothing is allowed by it.
public final class RbacObjects {
    private final Map<String, List<PolicyRule>> roles = new ConcurrentHashMap<>();
    private final Map<String, BindingIndex> indexes = new ConcurrentHashMap<>();
    private final Map<String, Binding> bindings = new HashMap<>();
    private volatile boolean complete;

    /// What of the objects could be found out, and what not.
    ///
    /// @param errors about roles that are missing
    public record Rules(List<PolicyRule> rules, List<String> errors) {}

    /// Takes a Role, ClusterRole, RoleBinding or ClusterRoleBinding that is new or changed; others are no concern.
    public synchronized void put(ObjectNode object) {
        String kind = object.path("kind").asString("");
        String namespace = object.path("metadata").path("namespace").asString("");
        String name = object.path("metadata").path("name").asString("");
        switch (kind) {
            case "Role", "ClusterRole" -> roles.put(key(namespace, name), PolicyRule.rulesOf(object));
            case "RoleBinding", "ClusterRoleBinding" -> {
                Binding binding = Binding.of(namespace, name, object);
                Binding old = bindings.put(key(namespace, name), binding);
                BindingIndex index = indexes.computeIfAbsent(namespace, key -> new BindingIndex());
                if (old == null) {
                    index.add(binding);
                } else {
                    index.replace(old, binding);
                }
            }
            default -> {}
        }
    }

    /// Forgets an object that was deleted.
    public synchronized void remove(String kind, String namespace, String name) {
        switch (kind) {
            case "Role", "ClusterRole" -> roles.remove(key(namespace, name));
            case "RoleBinding", "ClusterRoleBinding" -> {
                Binding old = bindings.remove(key(namespace, name));
                BindingIndex index = indexes.get(namespace);
                if (old != null && index != null) {
                    index.remove(old);
                    indexes.computeIfPresent(namespace, (key, known) -> known.isEmpty() ? null : known);
                }
            }
            default -> {}
        }
    }

    /// Forgets everything, before all is put anew; nothing is allowed until [#completed].
    public synchronized void clear() {
        complete = false;
        roles.clear();
        indexes.clear();
        bindings.clear();
    }

    /// Everything is here.
    public void completed() {
        complete = true;
    }

    /// Whether everything is here.
    public boolean isComplete() {
        return complete;
    }

    /// The rules of a role; null when there is none.
    @Nullable
    List<PolicyRule> role(String key) {
        return roles.get(key);
    }

    /// Calls the visitor with what the whole cluster gives a user, then with what a namespace does.
    void visit(UserInfo user, String namespace, BindingIndex.Visitor visitor) {
        BindingIndex cluster = indexes.get("");
        if ((cluster != null && !cluster.visit(user, visitor)) || namespace.isEmpty()) {
            return;
        }
        BindingIndex own = indexes.get(namespace);
        if (own != null) {
            own.visit(user, visitor);
        }
    }

    /// All rules that hold for a user in a namespace; of the whole cluster alone when it is empty.
    public Rules rulesFor(UserInfo user, String namespace) {
        List<PolicyRule> rules = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (String scope : namespace.isEmpty() ? List.of("") : List.of("", namespace)) {
            BindingIndex index = indexes.get(scope);
            for (Binding binding : index == null ? List.<Binding>of() : index.bindingsOf(user)) {
                List<PolicyRule> found = roles.get(binding.roleKey());
                if (found == null) {
                    errors.add(binding.missing());
                } else {
                    rules.addAll(found);
                }
            }
        }
        return new Rules(rules, errors);
    }

    /// The rules of the role that a binding names; null when there is none.
    ///
    /// @param namespace of the binding
    public @Nullable List<PolicyRule> rulesOf(String roleKind, String roleName, String namespace) {
        return roles.get(key(roleKind.equals("Role") ? namespace : "", roleName));
    }

    static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
