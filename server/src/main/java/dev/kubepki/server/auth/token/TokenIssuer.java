package dev.kubepki.server.auth.token;

import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.pki.key.CryptoProvider;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes tokens for service accounts.
public final class TokenIssuer {
    /// What the kubelet asks for in a pod; tokens of this length and for this server may be extended.
    private static final long USUAL_OF_PODS = 3607;

    private static final Duration EXTENDED = Duration.ofDays(365);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Supplier<TokenKeys> keys;
    private final TokenSettings settings;
    private final JsonCodec codec;
    private final CryptoProvider provider;
    private final Clock clock;
    private final RandomGenerator random;

    /// @param random for the tokens' identifiers
    public TokenIssuer(
            Supplier<TokenKeys> keys,
            TokenSettings settings,
            JsonCodec codec,
            CryptoProvider provider,
            Clock clock,
            RandomGenerator random) {
        this.keys = keys;
        this.settings = settings;
        this.codec = codec;
        this.provider = provider;
        this.clock = clock;
        this.random = random;
    }

    /// An object by which a token is bound or made.
    public record Named(String name, String uid) {}

    /// What a token is to say.
    ///
    /// @param pod null: not bound to a pod
    /// @param node of the pod, or that it is bound to; null: none
    /// @param secret null: not bound to a Secret
    public record Wanted(
            String namespace,
            Named account,
            @Nullable Named pod,
            @Nullable Named node,
            @Nullable Named secret,
            List<String> audiences,
            long seconds) {}

    /// A token.
    ///
    /// @param expires as it was asked for; an extended token holds longer
    /// @param id its identifier, which stands in audit records
    public record Issued(String token, Instant issuedAt, Instant expires, String id) {
        @Override
        public String toString() {
            return "Issued[" + id + ", secret]";
        }
    }

    /// The settings by which tokens are made.
    public TokenSettings settings() {
        return settings;
    }

    /// Makes a token.
    public Issued issue(Wanted wanted) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        long start = now.getEpochSecond();
        boolean extended = settings.extendForPods()
                && wanted.pod() != null
                && wanted.seconds() == USUAL_OF_PODS
                && settings.audiences().stream().anyMatch(wanted.audiences()::contains);
        String id = uuid();
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        wanted.audiences().forEach(claims.putArray("aud")::add);
        claims.put("exp", start + (extended ? EXTENDED.toSeconds() : wanted.seconds()));
        claims.put("iat", start).put("iss", settings.issuers().getFirst()).put("jti", id);
        ObjectNode own = claims.putObject(BoundClaims.OWN).put("namespace", wanted.namespace());
        put(own, "node", wanted.node());
        put(own, "pod", wanted.pod());
        put(own, "secret", wanted.secret());
        put(own, "serviceaccount", wanted.account());
        if (extended) {
            own.put("warnafter", start + wanted.seconds());
        }
        claims.put("nbf", start)
                .put(
                        "sub",
                        AccountObjects.userName(
                                wanted.namespace(), wanted.account().name()));
        return new Issued(signed(claims), now, now.plusSeconds(wanted.seconds()), id);
    }

    /// The token of a Secret of type kubernetes.io/service-account-token: it has no end.
    public String issueForSecret(String namespace, Named account, String secretName) {
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        String prefix = "kubernetes.io/serviceaccount/";
        claims.put("iss", SecretClaims.ISSUER)
                .put(prefix + "namespace", namespace)
                .put(prefix + "secret.name", secretName)
                .put(prefix + "service-account.name", account.name())
                .put(prefix + "service-account.uid", account.uid())
                .put("sub", AccountObjects.userName(namespace, account.name()));
        return signed(claims);
    }

    private static void put(ObjectNode own, String key, @Nullable Named object) {
        if (object != null) {
            ObjectNode tree = own.putObject(key).put("name", object.name());
            if (!object.uid().isEmpty()) {
                tree.put("uid", object.uid());
            }
        }
    }

    private String signed(ObjectNode claims) {
        TokenKeys now = keys.get();
        TokenKey key = now.signerKey();
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        header.put("alg", key.algorithm().name()).put("kid", key.id());
        String text = part(header) + "." + part(claims);
        byte[] message = text.getBytes(StandardCharsets.US_ASCII);
        byte[] signature = now.signer().sign(provider, key.algorithm().signature(), message);
        return text + "." + BASE64.encodeToString(signature);
    }

    /// JSON without the newline that ends a document.
    private String part(ObjectNode tree) {
        byte[] json = codec.write(tree);
        return BASE64.encodeToString(Arrays.copyOf(json, json.length - 1));
    }

    private String uuid() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & ~(3L << 62)) | (2L << 62);
        return new UUID(high, low).toString();
    }
}
