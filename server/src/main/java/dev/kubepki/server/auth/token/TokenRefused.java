package dev.kubepki.server.auth.token;

/// Ends the judgement of a token: it is bad.
final class TokenRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    TokenRefused(String error) {
        super(error, null, false, false);
    }

    String error() {
        return String.valueOf(getMessage());
    }
}
