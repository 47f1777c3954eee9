package dev.kubepki.server.auth.token;

import dev.kubepki.server.auth.ObjectLookup;
import dev.kubepki.server.auth.UserInfo;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// The objects on which a token hangs.
record AccountObjects(ObjectLookup lookup) {
    private static final String INVALIDATED = "service account token has been invalidated";

    /// What names an object in a claim.
    record Reference(String name, String uid) {
        boolean isAbsent() {
            return name.isEmpty() && uid.isEmpty();
        }
    }

    /// Refuses unless the service account is there, and is the one that is meant.
    void requireAccount(String namespace, Reference account, Instant now) {
        ObjectNode object = lookup.find("", "serviceaccounts", namespace, account.name())
                .orElseThrow(() -> new TokenRefused("serviceaccounts \"" + account.name() + "\" not found"));
        if (!uid(object).equals(account.uid())) {
            throw new TokenRefused(
                    "service account UID (" + uid(object) + ") does not match claim (" + account.uid() + ")");
        }
        if (isGone(object, now)) {
            throw new TokenRefused("service account " + namespace + "/" + account.name() + " has been deleted");
        }
    }

    /// Refuses unless the object that a token is bound to is there.
    ///
    /// @param kind as messages name it
    void require(String plural, String kind, String namespace, Reference reference, Instant now) {
        ObjectNode object = lookup.find("", plural, namespace, reference.name())
                .filter(found -> !isGone(found, now))
                .orElseThrow(() -> new TokenRefused(INVALIDATED));
        if (!uid(object).equals(reference.uid())) {
            throw new TokenRefused(kind + " UID (" + uid(object) + ") does not match service account "
                    + kind.toLowerCase(Locale.ROOT) + " ref claim (" + reference.uid() + ")");
        }
    }

    static String uid(ObjectNode object) {
        return object.path("metadata").path("uid").asString("");
    }

    /// Whether it is to be deleted and its grace is over.
    static boolean isGone(ObjectNode object, Instant now) {
        String time = object.path("metadata").path("deletionTimestamp").asString("");
        if (time.isEmpty()) {
            return false;
        }
        try {
            return !Instant.parse(time).isAfter(now);
        } catch (DateTimeParseException e) {
            return true;
        }
    }

    static UserInfo user(String namespace, Reference account, Map<String, List<String>> extra) {
        return new UserInfo(
                userName(namespace, account.name()),
                account.uid(),
                List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace),
                extra);
    }

    static String userName(String namespace, String name) {
        return "system:serviceaccount:" + namespace + ":" + name;
    }
}
