package dev.kubepki.api.codec;

/// Bytes that are not what they should be. The message is the part that says why; whoever asked for the decoding says
/// what was to be decoded.
public final class DecodeFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /// Where decoding ended.
    public enum Kind {
        /// The bytes are no document of their format.
        SYNTAX,
        /// The document does not fit the kind.
        TYPE
    }

    DecodeFailure(Kind kind, String message) {
        // No stack: it is an answer, and hostile clients ask for many.
        super(message, null, false, false);
        this.kind = kind;
    }

    static DecodeFailure syntax(String message) {
        return new DecodeFailure(Kind.SYNTAX, message);
    }

    static DecodeFailure type(String message) {
        return new DecodeFailure(Kind.TYPE, message);
    }

    /// Where decoding ended.
    public Kind kind() {
        return kind;
    }

    /// Why.
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
