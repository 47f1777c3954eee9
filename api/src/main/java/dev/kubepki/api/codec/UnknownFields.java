package dev.kubepki.api.codec;

/// What becomes of fields that a kind does not have.
public enum UnknownFields {
    /// They are dropped, and named as problems.
    DROP,
    /// They are kept.
    KEEP
}
