package dev.kubepki.api.client;

/// A cluster did not answer, for a reason that a sentence tells: it is not there, not who it should be, or too slow.
/// What was asked may have been done nevertheless.
public final class ClusterUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// With what went wrong.
    public ClusterUnreachable(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /// Without anything beneath it.
    public ClusterUnreachable(String sentence) {
        super(sentence);
    }
}
