package dev.kubepki.pki.files;

/// A keystore that can't be made or opened, with a sentence that never holds a password or key.
public final class KeyStoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message what is wrong, without the file's name, which the caller knows
    public KeyStoreFailure(String message) {
        super(message);
    }

    /// @param cause kept for debugging
    public KeyStoreFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
