package dev.kubepki.pki.verify;

import dev.kubepki.pki.x509.ExtendedKeyUsage;
import java.util.List;

/// What the end entity is about to do.
public enum Purpose {
    /// Serve TLS.
    SERVER,
    /// Be a TLS client.
    CLIENT,
    /// Anything: usages are not looked at.
    ANY;

    /// The extended key usage that a certificate needs, where it has any.
    public ExtendedKeyUsage usage() {
        return switch (this) {
            case SERVER -> ExtendedKeyUsage.SERVER_AUTH;
            case CLIENT -> ExtendedKeyUsage.CLIENT_AUTH;
            case ANY -> ExtendedKeyUsage.ANY;
        };
    }

    boolean isAllowedBy(List<ExtendedKeyUsage> present) {
        return this == ANY || present.contains(usage()) || present.contains(ExtendedKeyUsage.ANY);
    }
}
