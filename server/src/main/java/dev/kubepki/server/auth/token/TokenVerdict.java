package dev.kubepki.server.auth.token;

import dev.kubepki.server.auth.UserInfo;
import java.util.List;

/// What is thought of a bearer token.
public sealed interface TokenVerdict {
    /// It is somebody's.
    ///
    /// @param audiences for which it was asked and made
    record Accepted(UserInfo user, List<String> audiences) implements TokenVerdict {}

    /// It is bad.
    ///
    /// @param error for a token review and the log; never holds the token
    record Refused(String error) implements TokenVerdict {}

    /// It is of another kind, or of nobody's.
    record Unknown() implements TokenVerdict {}
}
