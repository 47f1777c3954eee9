package dev.kubepki.api.failure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes a Status object of status Failure on the wire.
public final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final String reason;
    private final transient @Nullable Details details;
    private final String continueToken;

    /// What `details` holds; an empty record prints as `{}`.
    public record Details(
            String name, String group, String kind, String uid, List<Cause> causes, int retryAfterSeconds) {
        /// No details.
        public static final Details EMPTY = new Details("", "", "", "", List.of(), 0);
    }

    /// One cause; its type stands under the key `reason`.
    public record Cause(String type, String message, String field) {}

    /// A failure; null details leave the key out.
    public ApiFailure(int code, String reason, String message, @Nullable Details details) {
        this(code, reason, message, details, "");
    }

    /// A failure whose metadata carries a continue token (410 of a list).
    public ApiFailure(int code, String reason, String message, @Nullable Details details, String continueToken) {
        // No stack: it is an answer, made many times a second.
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
        this.continueToken = continueToken;
    }

    /// The HTTP status.
    public int code() {
        return code;
    }

    /// Such as `NotFound`; empty for the 500 of a raw error.
    public String reason() {
        return reason;
    }

    /// Null when the Status has none.
    public @Nullable Details details() {
        return details;
    }

    /// Empty when there is none.
    public String continueToken() {
        return continueToken;
    }

    /// The text of the Status.
    public String message() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
