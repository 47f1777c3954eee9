package dev.kubepki.pki.document;

import java.util.Objects;

/// A single value.
///
/// @param kind what the value is once resolved by the rules of Go's YAML reader, which every Kubernetes tool shares
/// @param text the value: a string's own text; `true`, `false`, `null`; a number in its JSON form
/// @param source the value as it was written, for messages: `0x1F` where `text` is `31`
/// @param line from 1; 0 if made, not read
/// @param column from 1; 0 if made, not read
public record Scalar(Kind kind, String text, String source, int line, int column) implements Node {
    /// What a scalar can be.
    public enum Kind {
        STRING("text"),
        INTEGER("a whole number"),
        FLOAT("a number"),
        BOOL("true or false"),
        NULL("nothing");

        private final String described;

        Kind(String described) {
            this.described = described;
        }

        /// What a person calls it.
        public String described() {
            return described;
        }
    }

    /// A string.
    public static Scalar of(String text) {
        return new Scalar(Kind.STRING, text, text, 0, 0);
    }

    /// A whole number.
    public static Scalar of(long value) {
        String text = Long.toString(value);
        return new Scalar(Kind.INTEGER, text, text, 0, 0);
    }

    /// `true` or `false`.
    public static Scalar of(boolean value) {
        String text = Boolean.toString(value);
        return new Scalar(Kind.BOOL, text, text, 0, 0);
    }

    /// The value `null`.
    public static Scalar none() {
        return new Scalar(Kind.NULL, "null", "null", 0, 0);
    }

    public boolean isString() {
        return kind == Kind.STRING;
    }

    public boolean isNull() {
        return kind == Kind.NULL;
    }

    @Override
    public String described() {
        return kind.described();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scalar that && kind == that.kind && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, text);
    }

    /// The kind and the place only: a scalar may be a private key or a token.
    @Override
    public String toString() {
        return described() + " at line " + line;
    }
}
