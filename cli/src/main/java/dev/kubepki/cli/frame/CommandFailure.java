package dev.kubepki.cli.frame;

import java.util.List;

/// The work could not be done: exit code 1.
public final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized; List.of is serializable all the same
    private final List<String> hints;

    /// @param message one sentence that names the file or field and what is wrong with it
    /// @param hints what to do about it, a line each
    public CommandFailure(String message, String... hints) {
        super(message);
        this.hints = List.of(hints);
    }

    /// As above, with the reason kept for the stack trace that `KUBEPKI_DEBUG=1` shows.
    public CommandFailure(String message, Throwable reason, String... hints) {
        super(message, reason);
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
