package dev.kubepki.server.auth.rbac;

import dev.kubepki.api.failure.Rendering;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Whether some rules give all that others give: rules are broken into the smallest ones, and each must be within one
/// of the owner's.
final class Coverage {
    private Coverage() {}

    /// The smallest rules among those wanted that no owned rule covers.
    static List<PolicyRule> missing(List<PolicyRule> owned, List<PolicyRule> wanted) {
        List<PolicyRule> missing = new ArrayList<>();
        for (PolicyRule rule : wanted) {
            for (PolicyRule atom : atoms(rule)) {
                if (owned.stream().noneMatch(owner -> covers(owner, atom))) {
                    missing.add(atom);
                }
            }
        }
        return missing;
    }

    private static List<PolicyRule> atoms(PolicyRule rule) {
        List<PolicyRule> atoms = new ArrayList<>();
        for (String group : rule.apiGroups()) {
            for (String resource : rule.resources()) {
                for (String verb : rule.verbs()) {
                    for (List<String> name : names(rule)) {
                        atoms.add(new PolicyRule(List.of(verb), List.of(group), List.of(resource), name, List.of()));
                    }
                }
            }
        }
        for (String path : rule.nonResourceUrls()) {
            for (String verb : rule.verbs()) {
                atoms.add(PolicyRule.paths(List.of(verb), List.of(path)));
            }
        }
        return atoms;
    }

    private static List<List<String>> names(PolicyRule rule) {
        return rule.resourceNames().isEmpty()
                ? List.of(List.of())
                : rule.resourceNames().stream().map(List::of).toList();
    }

    private static boolean covers(PolicyRule owner, PolicyRule atom) {
        boolean names = owner.resourceNames().isEmpty()
                || (!atom.resourceNames().isEmpty() && owner.resourceNames().containsAll(atom.resourceNames()));
        return names
                && PolicyRule.has(owner.verbs(), atom.verbs().getFirst())
                && atom.apiGroups().stream().allMatch(group -> PolicyRule.has(owner.apiGroups(), group))
                && atom.resources().stream().allMatch(resource -> coversResource(owner, resource))
                && atom.nonResourceUrls().stream().allMatch(owner::pathCovered);
    }

    private static boolean coversResource(PolicyRule owner, String resource) {
        int slash = resource.indexOf('/');
        return PolicyRule.has(owner.resources(), resource)
                || (slash >= 0 && owner.resources().contains("*" + resource.substring(slash)));
    }

    /// One line a rule, sorted; rules that differ in their verbs alone are one.
    static String lines(List<PolicyRule> missing) {
        Map<PolicyRule, List<String>> verbs = new LinkedHashMap<>();
        for (PolicyRule atom : missing) {
            PolicyRule rest = new PolicyRule(
                    atom.nonResourceUrls().isEmpty() ? List.of() : atom.verbs(),
                    atom.apiGroups(),
                    atom.resources(),
                    atom.resourceNames(),
                    atom.nonResourceUrls());
            verbs.computeIfAbsent(rest, key -> new ArrayList<>()).addAll(atom.verbs());
        }
        TreeSet<String> lines = new TreeSet<>();
        verbs.forEach((rule, list) -> lines.add(line(rule, list)));
        return String.join("\n", lines);
    }

    private static String line(PolicyRule rule, List<String> verbs) {
        List<String> parts = new ArrayList<>();
        part(parts, "APIGroups", rule.apiGroups());
        part(parts, "Resources", rule.resources());
        part(parts, "NonResourceURLs", rule.nonResourceUrls());
        part(parts, "ResourceNames", rule.resourceNames());
        part(parts, "Verbs", verbs);
        return "{" + String.join(", ", parts) + "}";
    }

    private static void part(List<String> parts, String name, List<String> values) {
        if (!values.isEmpty()) {
            parts.add(name + ":" + Rendering.quote(values));
        }
    }
}
