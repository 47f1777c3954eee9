package dev.kubepki.server.auth;

import dev.kubepki.api.failure.ApiFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// One way to be allowed to act as somebody else.
final class ImpersonationMode {
    private static final String LEGACY = "";
    private static final String GROUP = "authentication.k8s.io";
    private static final String EVERY = "*";
    private static final String ASSOCIATED_NODE = "associated-node";
    private static final String NODE_NAME = "authentication.kubernetes.io/node-name";
    /// From so many values on, a permission for all of them is looked for first.
    private static final int MANY = 4;

    private final Authorizer authorizer;
    private final String name;
    private final Filter filter;

    private ImpersonationMode(Authorizer authorizer, String name, Filter filter) {
        this.authorizer = authorizer;
        this.name = name;
        this.filter = filter;
    }

    /// Whether a mode is for this pair of users.
    private interface Filter {
        boolean fits(UserInfo wanted, UserInfo caller);
    }

    /// In the order in which they are tried.
    static List<ImpersonationMode> all(Authorizer authorizer) {
        return List.of(
                new ImpersonationMode(authorizer, ASSOCIATED_NODE, ImpersonationMode::isOwnNode),
                new ImpersonationMode(
                        authorizer,
                        "arbitrary-node",
                        (wanted, caller) -> isNameOnly(wanted)
                                && UserNames.node(wanted.name()).isPresent()),
                new ImpersonationMode(
                        authorizer,
                        "serviceaccount",
                        (wanted, caller) -> isNameOnly(wanted)
                                && UserNames.account(wanted.name()).isPresent()),
                new ImpersonationMode(
                        authorizer,
                        "user-info",
                        (wanted, caller) -> UserNames.node(wanted.name()).isEmpty()
                                && UserNames.account(wanted.name()).isEmpty()),
                new ImpersonationMode(authorizer, LEGACY, (wanted, caller) -> true));
    }

    /// A service account whose token says on which node it runs.
    private static boolean isOwnNode(UserInfo wanted, UserInfo caller) {
        return isNameOnly(wanted)
                && UserNames.account(caller.name()).isPresent()
                && UserNames.node(wanted.name())
                        .filter(node -> caller.extra()
                                .getOrDefault(NODE_NAME, List.of())
                                .equals(List.of(node)))
                        .isPresent();
    }

    private static boolean isNameOnly(UserInfo wanted) {
        return wanted.uid().isEmpty()
                && wanted.groups().isEmpty()
                && wanted.extra().isEmpty();
    }

    /// Empty when the mode is not for such users.
    ///
    /// @throws ApiFailure 403
    Optional<UserInfo> judge(UserInfo wanted, Attributes request) {
        UserInfo caller = request.user();
        if (!filter.fits(wanted, caller)) {
            return Optional.empty();
        }
        if (isConstrained()) {
            require(request.withVerb("impersonate-on:" + name + ":" + request.verb()));
        }
        requireName(caller, wanted.name());
        if (!wanted.uid().isEmpty()) {
            require(asked(caller, GROUP, "uids", "", wanted.uid()));
        }
        requireGroups(caller, wanted.groups());
        requireExtra(caller, wanted);
        return Optional.of(new UserInfo(wanted.name(), wanted.uid(), groups(wanted), wanted.extra()));
    }

    private boolean isConstrained() {
        return !name.equals(LEGACY);
    }

    private void requireName(UserInfo caller, String wanted) {
        String group = isConstrained() ? GROUP : "";
        Optional<UserNames.Account> account = UserNames.account(wanted);
        Optional<String> node = isConstrained() ? UserNames.node(wanted) : Optional.empty();
        if (account.isPresent()) {
            require(Attributes.resource(
                    caller,
                    verb(),
                    group,
                    "serviceaccounts",
                    "",
                    account.get().namespace(),
                    account.get().name()));
        } else if (node.isPresent()) {
            String asked = name.equals(ASSOCIATED_NODE) ? EVERY : node.get();
            require(asked(caller, group, "nodes", "", asked));
        } else {
            require(asked(caller, group, "users", "", wanted));
        }
    }

    private void requireGroups(UserInfo caller, List<String> groups) {
        String apiGroup = isConstrained() ? GROUP : "";
        if (isConstrained() && groups.contains("")) {
            throw AccessFailures.forbidden(
                    asked(caller, apiGroup, "groups", "", ""), "impersonating the empty string group is not allowed");
        }
        if (isConstrained() && groups.contains(PrivilegedGroup.MASTERS.group())) {
            throw AccessFailures.forbidden(
                    asked(caller, apiGroup, "groups", "", PrivilegedGroup.MASTERS.group()),
                    "impersonating the system:masters group is not allowed");
        }
        if (isConstrained() && groups.size() >= MANY && may(asked(caller, apiGroup, "groups", "", EVERY))) {
            return;
        }
        groups.forEach(group -> require(asked(caller, apiGroup, "groups", "", group)));
    }

    private void requireExtra(UserInfo caller, UserInfo wanted) {
        if (isConstrained()) {
            ExtraRules.problem(wanted.extra()).ifPresent(problem -> {
                throw AccessFailures.forbidden(asked(caller, GROUP, "userextras", "", ""), problem);
            });
        }
        int values = wanted.extra().values().stream().mapToInt(List::size).sum();
        boolean many = wanted.extra().size() >= MANY || values >= MANY;
        if (isConstrained() && many && may(asked(caller, GROUP, "userextras", EVERY, EVERY))) {
            return;
        }
        new TreeMap<>(wanted.extra())
                .forEach((key, list) -> list.forEach(value -> require(asked(caller, GROUP, "userextras", key, value))));
    }

    /// A node's and a service account's groups are fixed; everybody is in one of two more.
    private List<String> groups(UserInfo wanted) {
        List<String> groups = new ArrayList<>(wanted.groups());
        Optional<UserNames.Account> account = UserNames.account(wanted.name());
        if (groups.isEmpty() && account.isPresent()) {
            groups.add("system:serviceaccounts");
            groups.add("system:serviceaccounts:" + account.get().namespace());
        } else if (isConstrained() && UserNames.node(wanted.name()).isPresent()) {
            groups.add("system:nodes");
        }
        if (wanted.name().equals(UserInfo.ANONYMOUS.name())) {
            addOnce(groups, "system:unauthenticated");
        } else if (!groups.contains("system:unauthenticated")) {
            addOnce(groups, "system:authenticated");
        }
        return groups;
    }

    private static void addOnce(List<String> groups, String group) {
        if (!groups.contains(group)) {
            groups.add(group);
        }
    }

    private String verb() {
        return isConstrained() ? "impersonate:" + name : "impersonate";
    }

    private Attributes asked(UserInfo caller, String group, String resource, String subresource, String object) {
        return Attributes.resource(caller, verb(), group, resource, subresource, "", object);
    }

    private boolean may(Attributes attributes) {
        return authorizer.decide(attributes).allowed();
    }

    private void require(Attributes attributes) {
        Authorizer.Decision decision = authorizer.decide(attributes);
        if (!decision.allowed()) {
            throw AccessFailures.forbidden(attributes, decision.reason());
        }
    }
}
