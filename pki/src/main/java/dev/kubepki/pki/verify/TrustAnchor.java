package dev.kubepki.pki.verify;

import dev.kubepki.pki.x509.Certificate;

/// A certificate that is believed without asking who signed it: a root, or, as in Go, an intermediate.
///
/// Its own dates, constraints and usages hold like those of any other CA (RFC 5280 §6.2 leaves that open; the JDK
/// ignores the dates, Go and OpenSSL don't).
public record TrustAnchor(Certificate certificate) {}
