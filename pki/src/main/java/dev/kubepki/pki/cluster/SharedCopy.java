package dev.kubepki.pki.cluster;

/// A file of the cluster as a whole that a node's folder needs too, byte for byte.
///
/// @param from relative to the set's folder
/// @param to relative to the set's folder
public record SharedCopy(String from, String to) {
    /// Whether the file is secret.
    public boolean isSecret() {
        return from.endsWith(".key");
    }
}
