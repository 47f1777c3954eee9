package dev.kubepki.server.auth;

import java.security.cert.X509Certificate;
import java.util.List;

/// What a request shows.
///
/// @param chain from the handshake; empty when there is none
/// @param bearerToken empty when there is none
/// @param headers in which a front proxy names a user
public record Credentials(List<X509Certificate> chain, String bearerToken, HeaderFields headers) {
    /// Copies the chain.
    public Credentials {
        chain = List.copyOf(chain);
    }

    /// Without headers.
    public Credentials(List<X509Certificate> chain, String bearerToken) {
        this(chain, bearerToken, HeaderFields.NONE);
    }
}
