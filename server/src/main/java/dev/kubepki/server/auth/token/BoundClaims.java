package dev.kubepki.server.auth.token;

import dev.kubepki.server.auth.ObjectLookup;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.auth.token.AccountObjects.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The claims of a token that this server issued.
final class BoundClaims {
    static final String OWN = "kubernetes.io";
    private static final String EXTRA = "authentication.kubernetes.io/";
    /// A clock that was set back must not lock out whoever has a fresh token.
    private static final Duration EARLY = Duration.ofMinutes(1);

    private final AccountObjects objects;

    BoundClaims(ObjectLookup lookup) {
        this.objects = new AccountObjects(lookup);
    }

    /// Empty when it names none.
    List<String> audiences(JsonWebToken token) {
        JsonNode claim = token.claims().path("aud");
        if (claim.isString()) {
            return List.of(claim.stringValue());
        }
        List<String> audiences = new ArrayList<>();
        for (JsonNode audience : claim) {
            audiences.add(audience.asString(""));
        }
        return audiences;
    }

    /// Whose it is, if it holds now and all it hangs on is there.
    UserInfo user(JsonWebToken token, Instant now) {
        requireTime(token, now);
        String namespace = token.text(OWN, "namespace");
        Reference account = reference(token, "serviceaccount");
        Reference pod = reference(token, "pod");
        Reference node = reference(token, "node");
        Reference secret = reference(token, "secret");
        String subject = token.text("sub");
        if (!subject.equals(AccountObjects.userName(namespace, account.name()))) {
            throw new TokenRefused("service account token is invalid: its subject is another service account");
        }
        objects.requireAccount(namespace, account, now);
        if (!secret.isAbsent()) {
            objects.require("secrets", "secret", namespace, secret, now);
        }
        if (!pod.isAbsent()) {
            objects.require("pods", "pod", namespace, pod, now);
        } else if (!node.isAbsent()) {
            objects.require("nodes", "node", "", node, now);
        }
        return AccountObjects.user(namespace, account, extra(token, pod, node));
    }

    private static void requireTime(JsonWebToken token, Instant now) {
        if (now.isAfter(time(token, "exp"))) {
            throw new TokenRefused("service account token has expired");
        }
        Instant soon = now.plus(EARLY);
        if (token.claims().has("nbf") && time(token, "nbf").isAfter(soon)) {
            throw new TokenRefused("service account token is not valid yet");
        }
        if (token.claims().has("iat") && time(token, "iat").isAfter(soon)) {
            throw new TokenRefused("service account token is issued in the future");
        }
    }

    private static Instant time(JsonWebToken token, String claim) {
        JsonNode value = token.claims().path(claim);
        double seconds = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (!(Math.abs(seconds) < 1e12)) {
            throw new TokenRefused("service account token is invalid: " + claim + " is no time");
        }
        return Instant.ofEpochSecond((long) seconds);
    }

    private static Reference reference(JsonWebToken token, String key) {
        return new Reference(token.text(OWN, key, "name"), token.text(OWN, key, "uid"));
    }

    private static Map<String, List<String>> extra(JsonWebToken token, Reference pod, Reference node) {
        Map<String, List<String>> extra = new HashMap<>();
        String id = token.text("jti");
        if (!id.isEmpty()) {
            extra.put(EXTRA + "credential-id", List.of("JTI=" + id));
        }
        if (!pod.name().isEmpty() && !pod.uid().isEmpty()) {
            extra.put(EXTRA + "pod-name", List.of(pod.name()));
            extra.put(EXTRA + "pod-uid", List.of(pod.uid()));
        }
        if (!node.name().isEmpty()) {
            extra.put(EXTRA + "node-name", List.of(node.name()));
            if (!node.uid().isEmpty()) {
                extra.put(EXTRA + "node-uid", List.of(node.uid()));
            }
        }
        return extra;
    }
}
