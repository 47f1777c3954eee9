package dev.kubepki.server.store;

import java.nio.file.Path;
import java.util.List;

/// What a store's file holds, and what is wrong with it.
///
/// @param file that was looked at
/// @param revision of the last write
/// @param compacted where history begins
/// @param keys that have a value
/// @param writes that are kept
/// @param bytes of the file
/// @param findings what is wrong; empty for a sound store
public record StoreCheck(
        Path file, long revision, long compacted, long keys, long writes, long bytes, List<Finding> findings) {

    /// Which promise is broken.
    public enum Check {
        /// The file's own structure.
        FILE,
        /// The tables and what they say of themselves.
        FORM,
        /// Revisions after the beginning of history have no gap.
        SEQUENCE,
        /// Each write names the one that it replaced.
        CHAIN,
        /// Puts have a value and removals have none.
        VALUES,
        /// Values are JSON.
        JSON
    }

    /// A broken promise.
    ///
    /// @param check which one
    /// @param what one sentence
    public record Finding(Check check, String what) {}

    /// Whether nothing is wrong.
    public boolean isSound() {
        return findings.isEmpty();
    }
}
