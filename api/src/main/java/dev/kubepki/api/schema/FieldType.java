package dev.kubepki.api.schema;

/// The type of a field's value, or of each of its elements.
public sealed interface FieldType {
    /// A scalar.
    record Scalar(ScalarType type) implements FieldType {}

    /// A message, looked up by its full name, as messages contain themselves.
    record Message(String name) implements FieldType {}
}
