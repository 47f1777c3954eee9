package dev.kubepki.server.auth.rbac;

import dev.kubepki.server.auth.Attributes;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A rule of a role: all of its parts must match.
///
/// @param resourceNames empty: every name
public record PolicyRule(
        List<String> verbs,
        List<String> apiGroups,
        List<String> resources,
        List<String> resourceNames,
        List<String> nonResourceUrls) {
    private static final String ALL = "*";

    /// Copies its lists.
    public PolicyRule {
        verbs = List.copyOf(verbs);
        apiGroups = List.copyOf(apiGroups);
        resources = List.copyOf(resources);
        resourceNames = List.copyOf(resourceNames);
        nonResourceUrls = List.copyOf(nonResourceUrls);
    }

    /// A rule about resources of any name.
    public static PolicyRule resources(List<String> verbs, List<String> apiGroups, List<String> resources) {
        return new PolicyRule(verbs, apiGroups, resources, List.of(), List.of());
    }

    /// A rule about paths.
    public static PolicyRule paths(List<String> verbs, List<String> paths) {
        return new PolicyRule(verbs, List.of(), List.of(), List.of(), paths);
    }

    /// The rules of a Role or ClusterRole; what is no rule is left out.
    public static List<PolicyRule> rulesOf(ObjectNode role) {
        List<PolicyRule> rules = new ArrayList<>();
        for (JsonNode rule : role.path("rules")) {
            rules.add(new PolicyRule(
                    texts(rule.path("verbs")),
                    texts(rule.path("apiGroups")),
                    texts(rule.path("resources")),
                    texts(rule.path("resourceNames")),
                    texts(rule.path("nonResourceURLs"))));
        }
        return rules;
    }

    /// As they stand in an object.
    public static ArrayNode toTree(List<PolicyRule> rules) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode(rules.size());
        rules.forEach(rule -> list.add(rule.toTree()));
        return list;
    }

    private ObjectNode toTree() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        verbs.forEach(tree.putArray("verbs")::add);
        put(tree, "apiGroups", apiGroups);
        put(tree, "resources", resources);
        put(tree, "resourceNames", resourceNames);
        put(tree, "nonResourceURLs", nonResourceUrls);
        return tree;
    }

    private static void put(ObjectNode tree, String key, List<String> texts) {
        if (!texts.isEmpty()) {
            texts.forEach(tree.putArray(key)::add);
        }
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>(list.size());
        for (JsonNode text : list) {
            if (text.isString()) {
                texts.add(text.stringValue());
            }
        }
        return texts;
    }

    /// Whether it allows what is asked for.
    public boolean allows(Attributes asked) {
        if (!has(verbs, asked.verb())) {
            return false;
        }
        if (!asked.isResource()) {
            return pathCovered(asked.path());
        }
        return has(apiGroups, asked.group())
                && hasResource(asked.resource(), asked.subresource())
                && (resourceNames.isEmpty() || resourceNames.contains(asked.name()));
    }

    /// A resource does not stand for its subresources; `*/sub` stands for that subresource of every resource.
    private boolean hasResource(String resource, String subresource) {
        for (String own : resources) {
            if (own.equals(ALL) || (subresource.isEmpty() ? own.equals(resource) : isSub(own, resource, subresource))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSub(String own, String resource, String subresource) {
        int slash = own.length() - subresource.length() - 1;
        if (slash <= 0 || own.charAt(slash) != '/' || !own.endsWith(subresource)) {
            return false;
        }
        boolean every = slash == 1 && own.charAt(0) == '*';
        return every || (slash == resource.length() && own.startsWith(resource));
    }

    boolean pathCovered(String path) {
        for (String own : nonResourceUrls) {
            if (own.equals(path) || (own.endsWith(ALL) && path.startsWith(withoutStars(own)))) {
                return true;
            }
        }
        return false;
    }

    private static String withoutStars(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '*') {
            end--;
        }
        return path.substring(0, end);
    }

    static boolean has(List<String> own, String asked) {
        return own.contains(ALL) || own.contains(asked);
    }
}
