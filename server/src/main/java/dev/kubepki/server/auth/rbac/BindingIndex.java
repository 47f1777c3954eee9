package dev.kubepki.server.auth.rbac;

import dev.kubepki.server.auth.Authorizer.Decision;
import dev.kubepki.server.auth.Authorizer.Verdict;
import dev.kubepki.server.auth.UserInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The bindings of one namespace, or of the cluster, by whom they are for. One thread writes; any number read.
final class BindingIndex {
    private static final Comparator<Grant> BY_NAME =
            Comparator.comparing(grant -> grant.binding().name());

    private final Map<String, List<Grant>> users = new ConcurrentHashMap<>();
    private final Map<String, List<Grant>> groups = new ConcurrentHashMap<>();

    /// A binding, and what is said when it allows something to one of its subjects.
    record Grant(Binding binding, Decision allowed) {
        static Grant of(Binding binding, Subject subject) {
            String reason = "RBAC: allowed by " + binding.words() + " to " + subject.words(binding);
            return new Grant(binding, new Decision(Verdict.ALLOW, reason));
        }
    }

    /// Takes the grants one after another until it has enough.
    interface Visitor {
        /// Whether to go on.
        boolean visit(Grant grant);
    }

    void add(Binding binding) {
        for (Subject subject : binding.subjects()) {
            key(subject, binding)
                    .ifPresent(
                            key -> side(subject).merge(key, List.of(Grant.of(binding, subject)), BindingIndex::joined));
        }
    }

    void remove(Binding binding) {
        for (Subject subject : binding.subjects()) {
            key(subject, binding)
                    .ifPresent(key -> side(subject).computeIfPresent(key, (k, grants) -> {
                        List<Grant> rest = grants.stream()
                                .filter(grant -> !grant.binding().equals(binding))
                                .toList();
                        return rest.isEmpty() ? null : rest;
                    }));
        }
    }

    /// Whom both give something keeps it all the while.
    void replace(Binding old, Binding binding) {
        if (!old.equals(binding)) {
            add(binding);
            remove(old);
        }
    }

    boolean visit(UserInfo user, Visitor visitor) {
        if (!visit(users.get(user.name()), visitor)) {
            return false;
        }
        for (String group : user.groups()) {
            if (!visit(groups.get(group), visitor)) {
                return false;
            }
        }
        return true;
    }

    private static boolean visit(@Nullable List<Grant> grants, Visitor visitor) {
        if (grants != null) {
            for (Grant grant : grants) {
                if (!visitor.visit(grant)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The bindings of a user, each once, by name.
    List<Binding> bindingsOf(UserInfo user) {
        Set<Binding> found = new LinkedHashSet<>();
        visit(user, grant -> {
            found.add(grant.binding());
            return true;
        });
        List<Binding> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparing(Binding::name));
        return sorted;
    }

    boolean isEmpty() {
        return users.isEmpty() && groups.isEmpty();
    }

    private Map<String, List<Grant>> side(Subject subject) {
        return subject.kind().equals("Group") ? groups : users;
    }

    /// Empty for a subject that is nobody: of an unknown kind, or a service account without a namespace.
    private static Optional<String> key(Subject subject, Binding binding) {
        return switch (subject.kind()) {
            case "User", "Group" -> Optional.of(subject.name());
            case "ServiceAccount" -> {
                String namespace = subject.namespaceIn(binding);
                yield namespace.isEmpty()
                        ? Optional.empty()
                        : Optional.of("system:serviceaccount:" + namespace + ":" + subject.name());
            }
            default -> Optional.empty();
        };
    }

    private static List<Grant> joined(List<Grant> some, List<Grant> more) {
        List<Grant> all = new ArrayList<>(some);
        all.addAll(more);
        all.sort(BY_NAME);
        return List.copyOf(all);
    }
}
