package dev.kubepki.api.failure;

/// One fault of one field, as the API words it.
///
/// @param type what kind of fault
/// @param field path, such as `spec.usages[0]`
/// @param text all that follows the path: `Invalid value: "x": must be …`
public record FieldError(Type type, String field, String text) {
    /// Kinds of fault, with the cause that stands on the wire and the words that begin the text.
    public enum Type {
        NOT_FOUND("FieldValueNotFound", "Not found"),
        REQUIRED("FieldValueRequired", "Required value"),
        DUPLICATE("FieldValueDuplicate", "Duplicate value"),
        INVALID("FieldValueInvalid", "Invalid value"),
        NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value"),
        FORBIDDEN("FieldValueForbidden", "Forbidden"),
        TOO_LONG("FieldValueTooLong", "Too long"),
        TOO_MANY("FieldValueTooMany", "Too many"),
        TYPE_INVALID("FieldValueTypeInvalid", "Invalid value"),
        INTERNAL("InternalError", "Internal error");

        private final String cause;
        private final String words;

        Type(String cause, String words) {
            this.cause = cause;
            this.words = words;
        }

        /// The cause's `reason` on the wire.
        public String cause() {
            return cause;
        }

        /// The words that begin the text.
        public String words() {
            return words;
        }
    }

    /// Without a value: `Required value`, `Forbidden`, `Too long`; the detail may be empty.
    public static FieldError of(Type type, String field, String detail) {
        return new FieldError(type, field, detail.isEmpty() ? type.words() : type.words() + ": " + detail);
    }

    /// With a value that is already rendered: quoted text, a bare number, or JSON; the detail may be empty.
    public static FieldError of(Type type, String field, String rendered, String detail) {
        String text = type.words() + ": " + rendered;
        return new FieldError(type, field, detail.isEmpty() ? text : text + ": " + detail);
    }

    /// `path: text`, as it stands in a message.
    @Override
    public String toString() {
        return field.isEmpty() ? text : field + ": " + text;
    }
}
