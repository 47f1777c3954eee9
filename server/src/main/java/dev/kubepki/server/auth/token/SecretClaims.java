package dev.kubepki.server.auth.token;

import dev.kubepki.server.auth.ObjectLookup;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.auth.token.AccountObjects.Reference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// The claims of a token that stands in a Secret of type kubernetes.io/service-account-token. It has no end: it holds
/// for as long as the Secret holds the very same token.
final class SecretClaims {
    static final String ISSUER = "kubernetes/serviceaccount";
    private static final String OWN = "kubernetes.io/serviceaccount/";
    private static final String INVALID_SINCE = "kubernetes.io/legacy-token-invalid-since";
    /// Later than any deletion: a Secret on its way out is gone.
    private static final Instant LATE = Instant.MAX;

    private final ObjectLookup lookup;

    SecretClaims(ObjectLookup lookup) {
        this.lookup = lookup;
    }

    UserInfo user(JsonWebToken token, String text) {
        String namespace = required(token, OWN + "namespace", "namespace claim is missing");
        String secretName = required(token, OWN + "secret.name", "secretName claim is missing");
        String accountName = required(token, OWN + "service-account.name", "serviceAccountName claim is missing");
        String accountUid = required(token, OWN + "service-account.uid", "serviceAccountUID claim is missing");
        if (!token.text("sub").equals(AccountObjects.userName(namespace, accountName))) {
            throw new TokenRefused("sub claim is invalid");
        }
        ObjectNode secret = lookup.find("", "secrets", namespace, secretName)
                .filter(found -> !AccountObjects.isGone(found, LATE))
                .orElseThrow(() -> new TokenRefused("Token has been invalidated"));
        if (!isSame(secret.path("data").path("token").asString(""), text)) {
            throw new TokenRefused("Token does not match server's copy");
        }
        if (secret.path("metadata").path("labels").has(INVALID_SINCE)) {
            throw new TokenRefused("the token in secret " + namespace + "/" + secretName + " for service account "
                    + namespace + "/" + accountName + " has been marked invalid");
        }
        Reference account = new Reference(accountName, accountUid);
        new AccountObjects(lookup).requireAccount(namespace, account, LATE);
        return AccountObjects.user(namespace, account, Map.of());
    }

    private static String required(JsonWebToken token, String claim, String error) {
        String text = token.text(claim);
        if (text.isEmpty()) {
            throw new TokenRefused(error);
        }
        return text;
    }

    private static boolean isSame(String stored, String token) {
        try {
            byte[] copy = Base64.getDecoder().decode(stored);
            return MessageDigest.isEqual(copy, token.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
