package dev.kubepki.pki.inspect;

import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Scalar;
import dev.kubepki.pki.document.Sequence;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is worth knowing about a service-account token. Its signature is never shown: what stands here proves nothing.
final class TokenFacts {
    private TokenFacts() {}

    static Facts of(Description.OfToken token, Instant now) {
        FactsBuilder facts = new FactsBuilder("Token", "service-account token (JWT)");
        Mapping claims = token.claims();
        facts.text("algorithm", "Algorithm", token.header().string("alg"));
        facts.text("keyId", "Key ID", token.header().string("kid"));
        facts.text("issuer", "Issuer", claims.string("iss"));
        facts.text("subject", "Kubernetes user", claims.string("sub"));
        facts.texts("audiences", "Audiences", audiences(claims));
        Optional<Mapping> kubernetes = claims.mapping("kubernetes.io");
        facts.text("namespace", "Namespace", kubernetes.flatMap(k -> k.string("namespace")));
        facts.text("serviceAccount", "Service account", named(kubernetes, "serviceaccount"));
        facts.text("pod", "Pod", named(kubernetes, "pod"));
        facts.text("node", "Node", named(kubernetes, "node"));
        time(claims, "iat").ifPresent(at -> instant(facts, "issuedAt", "Issued", at, now));
        Optional<Instant> expiry = time(claims, "exp");
        expiry.ifPresent(at -> instant(facts, "expiresAt", "Expires", at, now));
        if (expiry.isEmpty()) {
            facts.warn("it never expires");
        } else if (now.isAfter(expiry.get())) {
            facts.warn("it expired " + Times.distance(now, expiry.get()));
        }
        facts.warn("it is a secret: whoever has it is that user; its signature was not checked and is not shown");
        return facts.build();
    }

    private static void instant(FactsBuilder facts, String key, String label, Instant at, Instant now) {
        facts.text(key, "", at.toString());
        facts.text("", label, Times.text(at, now));
    }

    private static Optional<String> named(Optional<Mapping> kubernetes, String what) {
        return kubernetes.flatMap(k -> k.mapping(what)).flatMap(m -> m.string("name"));
    }

    /// One text or several (RFC 7519 §4.1.3).
    private static List<String> audiences(Mapping claims) {
        Optional<Node> audience = claims.get("aud");
        if (audience.isPresent() && audience.get() instanceof Sequence several) {
            return several.items().stream()
                    .filter(Scalar.class::isInstance)
                    .map(item -> ((Scalar) item).text())
                    .toList();
        }
        return claims.string("aud").map(List::of).orElse(List.of());
    }

    private static Optional<Instant> time(Mapping claims, String name) {
        Optional<Node> value = claims.get(name);
        if (value.isPresent() && value.get() instanceof Scalar scalar) {
            try {
                return Optional.of(Instant.ofEpochSecond((long) Double.parseDouble(scalar.text())));
            } catch (NumberFormatException | DateTimeException notATime) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
