package dev.kubepki.pki.files;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/// Where the files that a change replaces or deletes are kept: `.kubepki/backups/2026-11-22T17-42-14.250Z/` under
/// their root, at the same relative path, with the same mode, in folders for the owner alone. Written by the very
/// change
/// that replaces them, so there is either both or neither.
///
/// A dated folder that exists is added to, never overwritten.
record Backup(FileRoots roots, Instant time) {
    // Colons would be awkward in copies to other systems.
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSSX").withZone(ZoneOffset.UTC);

    Backup {
        time = time.truncatedTo(ChronoUnit.MILLIS);
    }

    Path folder(Path root) {
        return FileRoots.control(root).resolve("backups").resolve(NAME.format(time));
    }

    Path placeOf(Path target) {
        Path root = roots.rootOf(target);
        return folder(root).resolve(root.relativize(target));
    }
}
