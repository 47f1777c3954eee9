package dev.kubepki.pki.inspect;

/// Bytes that can't be described, with a sentence that names the file and says what it looks like.
public final class InspectFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    InspectFailure(String message) {
        super(message);
    }

    InspectFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
