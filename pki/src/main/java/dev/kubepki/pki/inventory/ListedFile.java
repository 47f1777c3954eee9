package dev.kubepki.pki.inventory;

import java.util.List;

/// Something of a PKI that is no certificate: a key, a request, a revocation list, a closed keystore. Of a private key
/// nothing is kept but its type.
///
/// @param file where
/// @param what in a few words
/// @param matches the names of the listed certificates with the same public key
/// @param problem why it could not be read; empty where it could
public record ListedFile(String file, String what, List<String> matches, String problem) {
    /// Copies the list.
    public ListedFile {
        matches = List.copyOf(matches);
    }
}
