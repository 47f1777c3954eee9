package dev.kubepki.pki.files;

import java.nio.file.Path;

/// One step of a decided change; doing it twice is the same as doing it once.
sealed interface JournalStep {
    Path target();

    /// The staged file takes the target's place.
    ///
    /// @param digest SHA-256 of the content, hex
    record Put(Path staged, Path target, String digest) implements JournalStep {}

    /// The target goes away.
    record Remove(Path target) implements JournalStep {}
}
