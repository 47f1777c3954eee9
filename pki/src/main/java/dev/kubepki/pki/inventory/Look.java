package dev.kubepki.pki.inventory;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// From where somebody looks.
///
/// @param now what is expired is expired then
/// @param soon from how long before its end a certificate expires soon
/// @param root the folder at which the absolute paths in manifests begin: `/` on the node itself, elsewhere where the
/// node's disk is mounted
public record Look(Instant now, Duration soon, Path root) {
    /// Where a path lies that a manifest names.
    Path resolve(String path) {
        return root.resolve(path.substring(1)).normalize();
    }
}
