package dev.kubepki.cli.frame;

import java.util.List;

/// The command line is wrong: exit code 2, and nothing was done.
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized; List.of is serializable all the same
    private final List<String> hints;

    /// @param message one sentence without a full stop that names the option or operand
    /// @param hints further lines; the frame adds "See '… --help'." itself
    public UsageException(String message, String... hints) {
        super(message);
        this.hints = List.of(hints);
    }

    /// The lines that follow the message.
    public List<String> hints() {
        return hints;
    }

    /// The message: never absent.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
