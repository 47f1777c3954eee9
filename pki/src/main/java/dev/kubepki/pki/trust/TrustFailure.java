package dev.kubepki.pki.trust;

/// Trust that can't be given or taken back. One sentence for people: what is wrong and what to do.
public final class TrustFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message names the file or field
    public TrustFailure(String message) {
        super(message);
    }

    /// @param cause kept for debugging
    public TrustFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
