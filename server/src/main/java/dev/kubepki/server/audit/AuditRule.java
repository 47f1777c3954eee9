package dev.kubepki.server.audit;

import dev.kubepki.server.auth.Attributes;
import java.util.List;
import java.util.Set;

/// One rule of a policy, matched as kube-apiserver does (apiserver/pkg/audit/policy/checker.go). An empty list matches
/// everything.
///
/// @param omitStages besides those of the policy
/// @param omitManagedFields whether objects are told without their metadata.managedFields
public record AuditRule(
        AuditLevel level,
        List<String> users,
        List<String> userGroups,
        List<String> verbs,
        List<GroupResources> resources,
        List<String> namespaces,
        List<String> nonResourceUrls,
        Set<AuditStage> omitStages,
        boolean omitManagedFields) {
    /// Copies its lists.
    public AuditRule {
        users = List.copyOf(users);
        userGroups = List.copyOf(userGroups);
        verbs = List.copyOf(verbs);
        resources = List.copyOf(resources);
        namespaces = List.copyOf(namespaces);
        nonResourceUrls = List.copyOf(nonResourceUrls);
        omitStages = Set.copyOf(omitStages);
    }

    /// Resources of one group: `pods`, `pods/log`, `pods/*`, `*/status`, `*`.
    public record GroupResources(String group, List<String> resources, List<String> names) {
        /// Copies its lists.
        public GroupResources {
            resources = List.copyOf(resources);
            names = List.copyOf(names);
        }

        boolean matches(Attributes request) {
            if (!group.equals(request.group())) {
                return false;
            }
            if (resources.isEmpty()) {
                return true;
            }
            boolean named = names.isEmpty() || names.contains(request.name());
            return named && resources.stream().anyMatch(resource -> matches(resource, request));
        }

        private static boolean matches(String pattern, Attributes request) {
            String sub = request.subresource();
            String whole = sub.isEmpty() ? request.resource() : request.resource() + "/" + sub;
            return pattern.equals("*")
                    || pattern.equals(whole)
                    || (!sub.isEmpty() && pattern.equals("*/" + sub))
                    || pattern.equals(request.resource() + "/*");
        }
    }

    /// A rule for everything.
    static AuditRule everything(AuditLevel level, Set<AuditStage> omitStages) {
        return new AuditRule(
                level, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), omitStages, false);
    }

    boolean matches(Attributes request) {
        if (!users.isEmpty() && !users.contains(request.user().name())) {
            return false;
        }
        if (!userGroups.isEmpty() && request.user().groups().stream().noneMatch(userGroups::contains)) {
            return false;
        }
        if (!verbs.isEmpty() && !verbs.contains(request.verb())) {
            return false;
        }
        if (!namespaces.isEmpty() || !resources.isEmpty()) {
            return request.isResource() && matchesResource(request);
        }
        return nonResourceUrls.isEmpty()
                || (!request.isResource()
                        && nonResourceUrls.stream().anyMatch(pattern -> matchesPath(pattern, request.path())));
    }

    private boolean matchesResource(Attributes request) {
        if (!namespaces.isEmpty() && !namespaces.contains(request.namespace())) {
            return false;
        }
        return resources.isEmpty() || resources.stream().anyMatch(group -> group.matches(request));
    }

    private static boolean matchesPath(String pattern, String path) {
        if (pattern.equals("*") || pattern.equals(path)) {
            return true;
        }
        int end = pattern.length();
        while (end > 0 && pattern.charAt(end - 1) == '*') {
            end--;
        }
        return end < pattern.length() && path.startsWith(pattern.substring(0, end));
    }
}
