package dev.kubepki.server.auth;

import java.util.Optional;

/// Names of users that Kubernetes gives out itself.
final class UserNames {
    private static final String ACCOUNT = "system:serviceaccount:";
    private static final String NODE = "system:node:";
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_SUBDOMAIN = 253;

    private UserNames() {}

    /// A service account.
    record Account(String namespace, String name) {}

    static Optional<Account> account(String user) {
        if (!user.startsWith(ACCOUNT)) {
            return Optional.empty();
        }
        String rest = user.substring(ACCOUNT.length());
        int colon = rest.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        Account account = new Account(rest.substring(0, colon), rest.substring(colon + 1));
        boolean named = account.namespace().length() <= LONGEST_LABEL
                && isLabel(account.namespace(), 0, colon)
                && isSubdomain(account.name());
        return named ? Optional.of(account) : Optional.empty();
    }

    static Optional<String> node(String user) {
        return user.startsWith(NODE) && isSubdomain(user.substring(NODE.length()))
                ? Optional.of(user.substring(NODE.length()))
                : Optional.empty();
    }

    /// RFC 1123: labels with dots between them.
    static boolean isSubdomain(String name) {
        if (name.length() > LONGEST_SUBDOMAIN) {
            return false;
        }
        int start = 0;
        while (true) {
            int dot = name.indexOf('.', start);
            int end = dot < 0 ? name.length() : dot;
            if (!isLabel(name, start, end)) {
                return false;
            }
            if (dot < 0) {
                return true;
            }
            start = dot + 1;
        }
    }

    private static boolean isLabel(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            boolean inner = i > start && i < end - 1;
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (inner && c == '-'))) {
                return false;
            }
        }
        return end > start;
    }
}
