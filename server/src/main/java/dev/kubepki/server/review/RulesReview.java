package dev.kubepki.server.review;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.auth.rbac.PolicyRule;
import dev.kubepki.server.auth.rbac.RbacObjects;
import dev.kubepki.server.registry.Context;
import dev.kubepki.server.registry.Review;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// SelfSubjectRulesReview: all that the caller may do in a namespace.
///
/// @param nodes whether nodes are authorized in a way of their own
record RulesReview(RbacObjects objects, boolean nodes) implements Review {
    @Override
    public ObjectNode answer(ObjectNode object, Context context) {
        String namespace = object.path("spec").path("namespace").asString("");
        if (namespace.isEmpty()) {
            throw Failures.badRequest("no namespace on request");
        }
        UserInfo user = context.call().user();
        RbacObjects.Rules rules = objects.rulesFor(user, namespace);
        ObjectNode answer = UserTree.blank(object);
        answer.putObject("spec");
        ObjectNode status = answer.putObject("status");
        ArrayNode resources = status.putArray("resourceRules");
        ArrayNode paths = status.putArray("nonResourceRules");
        for (PolicyRule rule : rules.rules()) {
            add(rule, resources, paths);
        }
        Set<String> errors = new LinkedHashSet<>();
        boolean node = nodes && isNode(user);
        if (node) {
            errors.add("node authorizer does not support user rule resolution");
        }
        errors.addAll(rules.errors());
        status.put("incomplete", node || !objects.isComplete());
        UserTree.put(status, "evaluationError", text(new ArrayList<>(errors)));
        return answer;
    }

    private static void add(PolicyRule rule, ArrayNode resources, ArrayNode paths) {
        if (!rule.resources().isEmpty()) {
            ObjectNode tree = resources.addObject();
            rule.verbs().forEach(tree.putArray("verbs")::add);
            UserTree.put(tree, "apiGroups", rule.apiGroups());
            UserTree.put(tree, "resources", rule.resources());
            UserTree.put(tree, "resourceNames", rule.resourceNames());
        }
        if (!rule.nonResourceUrls().isEmpty()) {
            ObjectNode tree = paths.addObject();
            rule.verbs().forEach(tree.putArray("verbs")::add);
            UserTree.put(tree, "nonResourceURLs", rule.nonResourceUrls());
        }
    }

    private static boolean isNode(UserInfo user) {
        return user.name().startsWith("system:node:") && user.groups().contains("system:nodes");
    }

    private static String text(List<String> errors) {
        return errors.size() < 2 ? String.join("", errors) : "[" + String.join(", ", errors) + "]";
    }
}
