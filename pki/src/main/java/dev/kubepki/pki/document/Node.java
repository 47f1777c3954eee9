package dev.kubepki.pki.document;

/// A value of a YAML or JSON document.
///
/// Nodes are immutable. Two nodes are equal if they hold the same value, wherever they were read.
public sealed interface Node permits Mapping, Sequence, Scalar {
    /// The line on which the value starts, from 1; 0 for a value that was made, not read.
    int line();

    /// The column at which the value starts, from 1; 0 for a value that was made, not read.
    int column();

    /// What a person calls this kind of value, with its article: `a list`.
    String described();
}
