package dev.kubepki.pki.verify;

/// Where in a path a certificate stands.
enum Role {
    END_ENTITY,
    INTERMEDIATE,
    ANCHOR
}
