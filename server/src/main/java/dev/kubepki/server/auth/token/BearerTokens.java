package dev.kubepki.server.auth.token;

import dev.kubepki.api.failure.Failures;
import dev.kubepki.server.auth.Authenticator;
import dev.kubepki.server.auth.AuthenticatorChain;
import dev.kubepki.server.auth.Credentials;
import dev.kubepki.server.auth.UserInfo;
import dev.kubepki.server.auth.token.TokenVerdict.Accepted;
import dev.kubepki.server.auth.token.TokenVerdict.Refused;
import dev.kubepki.server.auth.token.TokenVerdict.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Knows callers by bearer tokens of any kind, and judges tokens for others.
public final class BearerTokens implements Authenticator {
    /// Longer than any token that is made here, with many audiences.
    private static final int LONGEST = 64 << 10;

    private final List<TokenAuthenticator> kinds;
    private final List<String> audiences;
    private final Consumer<String> log;

    /// @param kinds in the order in which they are asked
    /// @param audiences that are this server
    /// @param log takes a sentence about each token that is refused
    public BearerTokens(List<TokenAuthenticator> kinds, List<String> audiences, Consumer<String> log) {
        this.kinds = List.copyOf(kinds);
        this.audiences = List.copyOf(audiences);
        this.log = log;
    }

    /// The token of an Authorization header; empty when it holds none.
    public static String of(String header) {
        String text = header.strip();
        int space = text.indexOf(' ');
        if (space < 0 || !text.substring(0, space).equalsIgnoreCase("bearer")) {
            return "";
        }
        int end = text.indexOf(' ', space + 1);
        return text.substring(space + 1, end < 0 ? text.length() : end);
    }

    @Override
    public Optional<UserInfo> authenticate(Credentials credentials) {
        String token = credentials.bearerToken();
        if (token.isEmpty()) {
            return Optional.empty();
        }
        return switch (verify(token, audiences)) {
            case Accepted(UserInfo user, List<String> ignored) -> Optional.of(user);
            case Refused(String error) -> {
                log.accept("a bearer token is refused: " + error);
                throw Failures.unauthorized();
            }
            case Unknown() -> {
                log.accept("a bearer token is refused: nobody knows it");
                throw Failures.unauthorized();
            }
        };
    }

    /// Judges a token for somebody else: with the group of everybody who was authenticated.
    ///
    /// @param wanted audiences; empty: this server's
    public TokenVerdict review(String token, List<String> wanted) {
        return switch (verify(token, wanted.isEmpty() ? audiences : wanted)) {
            case Accepted(UserInfo user, List<String> known) -> new Accepted(AuthenticatorChain.withGroup(user), known);
            case Refused(String error) -> new Refused("[invalid bearer token, " + error + "]");
            case Unknown() -> new Refused("invalid bearer token");
        };
    }

    private TokenVerdict verify(String token, List<String> wanted) {
        if (token.length() > LONGEST) {
            return new Refused("the token has over " + LONGEST + " characters");
        }
        List<String> errors = new ArrayList<>(0);
        for (TokenAuthenticator kind : kinds) {
            TokenVerdict verdict = kind.verify(token, wanted);
            if (verdict instanceof Accepted) {
                return verdict;
            }
            if (verdict instanceof Refused(String error)) {
                errors.add(error);
            }
        }
        return errors.isEmpty() ? new Unknown() : new Refused(String.join(", ", errors));
    }
}
