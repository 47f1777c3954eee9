package dev.kubepki.server.auth.token;

import dev.kubepki.server.auth.ObjectLookup;
import dev.kubepki.server.auth.UserInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/// Judges bootstrap tokens, `abcdef.0123456789abcdef`, each of which stands in a Secret of kube-system.
public final class BootstrapTokens implements TokenAuthenticator {
    private static final int ID_LENGTH = 6;
    private static final int SECRET_LENGTH = 16;
    private static final String GROUP = "system:bootstrappers";
    private static final int LONGEST_GROUP = 256;

    private final ObjectLookup objects;
    private final List<String> audiences;
    private final Clock clock;

    /// @param audiences that are this server: a bootstrap token is for no other
    public BootstrapTokens(ObjectLookup objects, List<String> audiences, Clock clock) {
        this.objects = objects;
        this.audiences = List.copyOf(audiences);
        this.clock = clock;
    }

    @Override
    public TokenVerdict verify(String token, List<String> wanted) {
        List<String> known = audiences.stream().filter(wanted::contains).toList();
        if (known.isEmpty() || !hasForm(token)) {
            return new TokenVerdict.Unknown();
        }
        String id = token.substring(0, ID_LENGTH);
        return objects.find("", "secrets", "kube-system", "bootstrap-token-" + id)
                .flatMap(secret -> user(secret, id, token.substring(ID_LENGTH + 1)))
                .<TokenVerdict>map(user -> new TokenVerdict.Accepted(user, known))
                .orElseGet(TokenVerdict.Unknown::new);
    }

    private static boolean hasForm(String token) {
        if (token.length() != ID_LENGTH + 1 + SECRET_LENGTH || token.charAt(ID_LENGTH) != '.') {
            return false;
        }
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (i != ID_LENGTH && !plain) {
                return false;
            }
        }
        return true;
    }

    private Optional<UserInfo> user(ObjectNode secret, String id, String proof) {
        boolean good = secret.path("type").asString("").equals("bootstrap.kubernetes.io/token")
                && !secret.path("metadata").has("deletionTimestamp")
                && isSame(data(secret, "token-secret"), proof)
                && data(secret, "token-id").equals(id)
                && !hasExpired(data(secret, "expiration"))
                && data(secret, "usage-bootstrap-authentication").equals("true");
        return good
                ? groups(data(secret, "auth-extra-groups"))
                        .map(groups -> new UserInfo("system:bootstrap:" + id, "", groups, Map.of()))
                : Optional.empty();
    }

    private static boolean isSame(String stored, String given) {
        return MessageDigest.isEqual(stored.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private static String data(ObjectNode secret, String key) {
        try {
            byte[] value =
                    Base64.getDecoder().decode(secret.path("data").path(key).asString(""));
            return new String(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /// What is no time has passed.
    private boolean hasExpired(String expiration) {
        if (expiration.isEmpty()) {
            return false;
        }
        try {
            return !clock.instant().isBefore(OffsetDateTime.parse(expiration).toInstant());
        } catch (DateTimeException e) {
            return true;
        }
    }

    /// Empty when one of the extra groups is outside the ones that bootstrap tokens may have.
    private static Optional<List<String>> groups(String extra) {
        TreeSet<String> groups = new TreeSet<>();
        groups.add(GROUP);
        for (String group : extra.isEmpty() ? new String[0] : extra.split(",", -1)) {
            if (!isBootstrapGroup(group)) {
                return Optional.empty();
            }
            groups.add(group);
        }
        return Optional.of(List.copyOf(groups));
    }

    private static boolean isBootstrapGroup(String group) {
        if (!group.startsWith(GROUP + ":")) {
            return false;
        }
        String rest = group.substring(GROUP.length() + 1);
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            boolean last = i == rest.length() - 1;
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (!last && (c == ':' || c == '-')))) {
                return false;
            }
        }
        return !rest.isEmpty() && rest.length() <= LONGEST_GROUP;
    }
}
