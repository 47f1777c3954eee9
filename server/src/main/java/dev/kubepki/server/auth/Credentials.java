package dev.kubepki.server.auth;

import java.security.cert.X509Certificate;
import java.util.List;

/// What a request shows: the chain from the handshake (empty when there is none) and the bearer token (empty too).
public record Credentials(List<X509Certificate> chain, String bearerToken) {
    /// Copies the chain.
    public Credentials {
        chain = List.copyOf(chain);
    }
}
