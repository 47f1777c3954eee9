package dev.kubepki.api.client.remote;

import java.util.Optional;

/// What a client proves who it is with, at one moment.
///
/// @param token sent with each request
/// @param certificate shown in the handshake
record Credential(Optional<Secret> token, Optional<ClientPem> certificate) {
    static final Credential NONE = new Credential(Optional.empty(), Optional.empty());

    /// A certificate's chain and its key, in PEM.
    record ClientPem(String chain, Secret key) {}
}
