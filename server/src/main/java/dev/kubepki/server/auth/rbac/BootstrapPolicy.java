package dev.kubepki.server.auth.rbac;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The roles and bindings that every cluster starts with, and what must be written so that they are there.
public final class BootstrapPolicy {
    static final String AUTOUPDATE = "rbac.authorization.kubernetes.io/autoupdate";

    private BootstrapPolicy() {}

    /// All of them, as Kubernetes 1.36 makes them: ClusterRoles, Roles, ClusterRoleBindings, RoleBindings, each kind by
    /// namespace and name. Aggregated roles come without rules: see [Aggregation].
    public static List<ObjectNode> objects() {
        return Bootstrap.objects();
    }

    /// What every node may do, as far as it does not hang on an object.
    public static List<PolicyRule> rulesOfNodes() {
        return objects().stream()
                .filter(object -> object.path("kind").asString("").equals("ClusterRole")
                        && object.path("metadata").path("name").asString("").equals("system:node"))
                .flatMap(role -> PolicyRule.rulesOf(role).stream())
                .toList();
    }

    /// What kubeadm adds: its administrators' group may do everything. It is made once and not watched over.
    public static ObjectNode kubeadmClusterAdmins() {
        ObjectNode binding =
                Bootstrap.binding("ClusterRoleBinding", "", "kubeadm:cluster-admins", "ClusterRole", "cluster-admin");
        ObjectNode metadata = (ObjectNode) binding.path("metadata");
        metadata.remove(List.of("labels", "annotations"));
        Bootstrap.subject(binding, Subject.group("kubeadm:cluster-admins"));
        return binding;
    }

    /// What to do about one object.
    public sealed interface Step {
        /// Write it, new or changed.
        record Write(ObjectNode object) implements Step {}

        /// Delete what is there and write this: a binding can't be given another role.
        record Recreate(ObjectNode object) implements Step {}
    }

    /// What must be written so that an object gives all that it should; what it gives beyond that stays.
    ///
    /// @param existing null when it is not there; it is not changed
    /// @return empty when nothing is missing, or the object says that it is not to be touched
    public static Optional<Step> reconcile(ObjectNode expected, @Nullable ObjectNode existing) {
        if (existing == null) {
            return Optional.of(new Step.Write(expected.deepCopy()));
        }
        if (existing.path("metadata")
                .path("annotations")
                .path(AUTOUPDATE)
                .asString("")
                .equals("false")) {
            return Optional.empty();
        }
        if (!existing.path("roleRef").equals(expected.path("roleRef"))) {
            return Optional.of(new Step.Recreate(expected.deepCopy()));
        }
        ObjectNode result = existing.deepCopy();
        addAbsent(expected, result, "labels");
        addAbsent(expected, result, "annotations");
        if (expected.has("roleRef")) {
            addSubjects(expected, result);
        } else {
            addRules(expected, result);
            addSelectors(expected, result);
        }
        return result.equals(existing) ? Optional.empty() : Optional.of(new Step.Write(result));
    }

    /// What is there stays as it is.
    private static void addAbsent(ObjectNode from, ObjectNode to, String key) {
        ObjectNode metadata = (ObjectNode) to.path("metadata");
        for (Map.Entry<String, JsonNode> entry : from.path("metadata").path(key).properties()) {
            ObjectNode map = metadata.path(key) instanceof ObjectNode known ? known : metadata.putObject(key);
            if (!map.has(entry.getKey())) {
                map.set(entry.getKey(), entry.getValue());
            }
        }
    }

    private static void addSubjects(ObjectNode expected, ObjectNode result) {
        List<Subject> known = Subject.subjectsOf(result);
        for (Subject subject : Subject.subjectsOf(expected)) {
            if (!known.contains(subject)) {
                Bootstrap.subject(result, subject);
            }
        }
    }

    private static void addRules(ObjectNode expected, ObjectNode result) {
        List<PolicyRule> own = PolicyRule.rulesOf(result);
        List<PolicyRule> missing = Coverage.missing(own, PolicyRule.rulesOf(expected));
        if (!missing.isEmpty() && !result.has("aggregationRule")) {
            List<PolicyRule> all = new ArrayList<>(own);
            all.addAll(missing);
            result.set("rules", PolicyRule.toTree(all));
        }
    }

    private static void addSelectors(ObjectNode expected, ObjectNode result) {
        for (JsonNode selector : expected.path("aggregationRule").path("clusterRoleSelectors")) {
            ArrayNode own = result.withObject("/aggregationRule").withArray("clusterRoleSelectors");
            if (!contains(own, selector)) {
                own.add(selector);
            }
        }
    }

    private static boolean contains(ArrayNode list, JsonNode wanted) {
        for (JsonNode item : list) {
            if (item.equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
