package dev.kubepki.server.auth;

import java.util.Optional;

/// Finds out who calls, once a request; it must notice at once when a credential expired or was taken back.
public interface Authenticator {
    /// Empty when the credentials say nothing to it.
    ///
    /// @throws dev.kubepki.api.failure.ApiFailure 401 when they are bad
    Optional<UserInfo> authenticate(Credentials credentials);
}
