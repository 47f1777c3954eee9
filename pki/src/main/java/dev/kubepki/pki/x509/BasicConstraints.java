package dev.kubepki.pki.x509;

import java.util.OptionalInt;

/// Whether the subject is a CA, and how many CAs may stand below it (RFC 5280 §4.2.1.9).
public record BasicConstraints(boolean ca, OptionalInt pathLength) {
    /// An end entity.
    public static final BasicConstraints END_ENTITY = new BasicConstraints(false, OptionalInt.empty());
    /// A CA without a limit on the CAs below it.
    public static final BasicConstraints AUTHORITY = new BasicConstraints(true, OptionalInt.empty());
}
