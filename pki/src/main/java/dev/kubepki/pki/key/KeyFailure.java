package dev.kubepki.pki.key;

/// A key or PEM text that can't be used, with a sentence that never holds secret bytes.
public final class KeyFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message what is wrong, without the file's name, which the caller knows
    public KeyFailure(String message) {
        super(message);
    }

    /// @param cause kept for debugging; its own message is not shown, since it may quote key material
    public KeyFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
