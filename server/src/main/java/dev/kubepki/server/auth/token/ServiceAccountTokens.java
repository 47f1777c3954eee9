package dev.kubepki.server.auth.token;

import dev.kubepki.api.codec.JsonCodec;
import dev.kubepki.api.failure.Rendering;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.server.auth.ObjectLookup;
import dev.kubepki.server.auth.Recent;
import dev.kubepki.server.auth.UserInfo;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Judges the tokens of service accounts: those that this server issued, and the old ones that stand in Secrets.
///
/// Only what can't change is remembered: that a key signed a token. Its time, and whether the objects it hangs on are
/// still there, is looked at each time.
public final class ServiceAccountTokens implements TokenAuthenticator {
    private static final int REMEMBERED = 4096;

    private final Supplier<TokenKeys> keys;
    private final TokenSettings settings;
    private final JsonCodec codec;
    private final CryptoProvider provider;
    private final Clock clock;
    private final BoundClaims bound;
    private final SecretClaims secrets;
    private volatile @Nullable Believed believed;

    /// @param keys as they are now: another instance when they were reloaded
    public ServiceAccountTokens(
            Supplier<TokenKeys> keys,
            TokenSettings settings,
            ObjectLookup objects,
            JsonCodec codec,
            CryptoProvider provider,
            Clock clock) {
        this.keys = keys;
        this.settings = settings;
        this.codec = codec;
        this.provider = provider;
        this.clock = clock;
        this.bound = new BoundClaims(objects);
        this.secrets = new SecretClaims(objects);
    }

    /// Tokens that these keys have signed, by their digest: no token is kept, and no comparison tells how much of one
    /// was guessed.
    private record Believed(TokenKeys keys, Recent<String, JsonWebToken> tokens) {}

    @Override
    public TokenVerdict verify(String token, List<String> audiences) {
        try {
            return judge(token, audiences);
        } catch (TokenRefused e) {
            return new TokenVerdict.Refused(e.error());
        }
    }

    private TokenVerdict judge(String token, List<String> audiences) {
        Believed cache = believed(keys.get());
        String digest = HexFormat.of().formatHex(TokenKey.sha256(token.getBytes(StandardCharsets.UTF_8)));
        JsonWebToken parsed = cache.tokens().get(digest);
        if (parsed == null) {
            Optional<JsonWebToken> fresh = JsonWebToken.parse(token, codec).filter(t -> isOurs(t.issuer()));
            if (fresh.isEmpty()) {
                return new TokenVerdict.Unknown();
            }
            parsed = fresh.get();
            if (!parsed.isSignedBy(cache.keys().verifiers(), provider)) {
                throw new TokenRefused("its signature is of none of the keys");
            }
            cache.tokens().put(digest, parsed);
        }
        return accept(parsed, token, audiences);
    }

    private boolean isOurs(String issuer) {
        return settings.issuers().contains(issuer) || issuer.equals(SecretClaims.ISSUER);
    }

    private TokenVerdict accept(JsonWebToken parsed, String token, List<String> wanted) {
        boolean old = parsed.issuer().equals(SecretClaims.ISSUER);
        List<String> own = old ? List.of() : bound.audiences(parsed);
        List<String> known = (own.isEmpty() ? settings.audiences() : own)
                .stream().filter(wanted::contains).toList();
        if (known.isEmpty()) {
            throw new TokenRefused("token audiences " + quoted(own.isEmpty() ? settings.audiences() : own)
                    + " is invalid for the target audiences " + quoted(wanted));
        }
        UserInfo user = old ? secrets.user(parsed, token) : bound.user(parsed, clock.instant());
        return new TokenVerdict.Accepted(user, known);
    }

    private static String quoted(List<String> texts) {
        return Rendering.quote(texts);
    }

    private Believed believed(TokenKeys now) {
        Believed known = believed;
        if (known == null || known.keys() != now) {
            known = new Believed(now, new Recent<>(REMEMBERED));
            believed = known;
        }
        return known;
    }
}
