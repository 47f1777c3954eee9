package dev.kubepki.server;

/// The server can't start, for a reason that a person can do something about: one sentence.
public final class ServerFailure extends Exception {
    private static final long serialVersionUID = 1;

    /// With its cause.
    public ServerFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /// Without one.
    public ServerFailure(String sentence) {
        super(sentence);
    }

    /// The sentence.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
