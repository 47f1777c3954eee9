package dev.kubepki.api.schema;

/// Types of a value that is no message of its own. In a tree [#BYTES] is base64 text and the times are RFC 3339 text.
public enum ScalarType {
    STRING,
    BYTES,
    BOOL,
    INT32,
    INT64,
    DOUBLE,
    /// metav1.Time: seconds.
    TIME,
    /// metav1.MicroTime: microseconds.
    MICRO_TIME,
    /// metav1.Duration: Go's text form, such as `1h0m0s`.
    DURATION,
    /// resource.Quantity: text, or a number in JSON.
    QUANTITY,
    /// intstr.IntOrString.
    INT_OR_STRING,
    /// Any object: runtime.RawExtension and JSON of free form.
    RAW,
    /// metav1.FieldsV1: JSON bytes in protobuf, an object in a tree.
    FIELDS_V1,
    /// A list of texts as one value, such as the values of a user's extra: a message of its own in protobuf.
    STRINGS
}
