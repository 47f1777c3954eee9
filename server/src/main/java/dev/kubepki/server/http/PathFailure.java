package dev.kubepki.server.http;

/// A path or query that is refused because it could be read in more than one way.
final class PathFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    PathFailure(String message) {
        super(message, null, false, false);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
