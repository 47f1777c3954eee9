package dev.kubepki.server.auth.rbac;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of ClusterRoles that are made of other ClusterRoles.
public final class Aggregation {
    private Aggregation() {}

    /// Whether a ClusterRole is made of others.
    public static boolean isAggregated(ObjectNode clusterRole) {
        return clusterRole.path("aggregationRule").isObject();
    }

    /// The rules that an aggregated ClusterRole has by all ClusterRoles there are: selector by selector, by name, each
    /// rule once.
    public static List<PolicyRule> rules(ObjectNode aggregated, Collection<ObjectNode> clusterRoles) {
        Set<PolicyRule> rules = new LinkedHashSet<>();
        List<ObjectNode> byName = clusterRoles.stream()
                .sorted(Comparator.comparing(Aggregation::name))
                .toList();
        for (JsonNode selector : aggregated.path("aggregationRule").path("clusterRoleSelectors")) {
            for (ObjectNode role : byName) {
                if (!name(role).equals(name(aggregated))
                        && selects(selector, role.path("metadata").path("labels"))) {
                    rules.addAll(PolicyRule.rulesOf(role));
                }
            }
        }
        return List.copyOf(rules);
    }

    private static String name(ObjectNode role) {
        return role.path("metadata").path("name").asString("");
    }

    private static boolean selects(JsonNode selector, JsonNode labels) {
        boolean equal = selector.path("matchLabels").properties().stream()
                .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
        if (!equal) {
            return false;
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            if (!holds(
                    expression, labels.path(expression.path("key").asString("")).asString(null))) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(JsonNode expression, @Nullable String value) {
        List<String> values = PolicyRule.texts(expression.path("values"));
        return switch (expression.path("operator").asString("")) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> value == null || !values.contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
