package dev.kubepki.pki.x509;

/// Bytes that are not the X.509 object that they should be, with a sentence that says what is wrong.
public final class X509Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param message what is wrong, without the file's name, which the caller knows
    public X509Failure(String message) {
        super(message);
    }

    /// @param cause what the decoder said
    public X509Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
