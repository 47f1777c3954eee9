package dev.kubepki.pki.exchange;

import java.util.List;

/// A request or an answer that is not taken, with a sentence that names it.
public final class ExchangeFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // an immutable list of strings
    private final List<String> details;

    /// @param message names the file or field
    public ExchangeFailure(String message) {
        this(message, List.of());
    }

    /// @param details one line for each thing that is wrong
    public ExchangeFailure(String message, List<String> details) {
        super(message);
        this.details = List.copyOf(details);
    }

    ExchangeFailure(String message, Throwable cause) {
        super(message, cause);
        this.details = List.of();
    }

    /// Each thing that is wrong, a line each; may be empty.
    public List<String> details() {
        return details;
    }
}
