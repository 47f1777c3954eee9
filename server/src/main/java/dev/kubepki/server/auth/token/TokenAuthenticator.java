package dev.kubepki.server.auth.token;

import java.util.List;

/// Judges one kind of bearer token.
public interface TokenAuthenticator {
    /// Says whose the token is.
    ///
    /// @param audiences for one of which the token must be
    TokenVerdict verify(String token, List<String> audiences);
}
