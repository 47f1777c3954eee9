package dev.kubepki.pki.trust;

import java.util.Optional;

/// A place where programs look up which CAs they trust.
public sealed interface TrustStore permits SystemStore, JavaStore {
    /// Plans to put in what is not there yet, told by fingerprint.
    ///
    /// @param name part of the entries' names; without it each certificate's common name
    /// @throws TrustFailure where the store can't be read
    StorePlan install(TrustBundle bundle, Optional<String> name);

    /// Plans to take out what kubepki put in, and nothing else.
    ///
    /// @throws TrustFailure where the store can't be read
    StorePlan remove(Removal removal);
}
