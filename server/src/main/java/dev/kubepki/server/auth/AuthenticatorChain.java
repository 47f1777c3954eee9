package dev.kubepki.server.auth;

import dev.kubepki.api.failure.ApiFailure;
import dev.kubepki.api.failure.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Authenticators in order: the first that knows the caller decides, also when one before it refused what it was shown.
/// Who shows nothing is anonymous; who showed something bad, and nothing good, is refused.
public final class AuthenticatorChain implements Authenticator {
    private static final String AUTHENTICATED = "system:authenticated";
    private static final String UNAUTHENTICATED = "system:unauthenticated";

    private final List<Authenticator> authenticators;
    private final boolean anonymous;

    /// @param anonymous whether a caller without credentials is let in as `system:anonymous`
    public AuthenticatorChain(List<Authenticator> authenticators, boolean anonymous) {
        this.authenticators = List.copyOf(authenticators);
        this.anonymous = anonymous;
    }

    /// Never empty.
    @Override
    public Optional<UserInfo> authenticate(Credentials credentials) {
        @Nullable ApiFailure refused = null;
        for (Authenticator authenticator : authenticators) {
            try {
                Optional<UserInfo> user = authenticator.authenticate(credentials);
                if (user.isPresent()) {
                    return user.map(AuthenticatorChain::withGroup);
                }
            } catch (ApiFailure e) {
                refused = e;
            }
        }
        // A bearer token that nobody knows is bad, whoever might know it.
        if (refused != null || !anonymous || !credentials.bearerToken().isEmpty()) {
            throw Failures.unauthorized();
        }
        return Optional.of(UserInfo.ANONYMOUS);
    }

    /// Everyone who was authenticated is in one group, which stands last.
    public static UserInfo withGroup(UserInfo user) {
        List<String> groups = user.groups();
        boolean has = groups.contains(AUTHENTICATED) || groups.contains(UNAUTHENTICATED);
        if (has || user.name().equals(UserInfo.ANONYMOUS.name())) {
            return user;
        }
        List<String> more = new ArrayList<>(groups);
        more.add(AUTHENTICATED);
        return new UserInfo(user.name(), user.uid(), more, user.extra());
    }
}
