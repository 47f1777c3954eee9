package dev.kubepki.pki.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Where the files that a change replaces or deletes are kept: `.kubepki/backups/2026-11-22T17-42-14.250Z/` under
/// their root, at the same relative path, with the same mode, in folders for the owner alone. Written by the very
/// change
/// that replaces them, so there is either both or neither.
///
/// A second change at the same millisecond gets a folder of its own, with `-2` at its end.
record Backup(FileRoots roots, String name) {
    // Colons would be awkward in copies to other systems.
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSSX").withZone(ZoneOffset.UTC);

    static Backup at(Instant now, FileOperations operations, FileRoots roots) throws IOException {
        String dated = NAME.format(now);
        Backup backup = new Backup(roots, dated);
        for (int i = 2; backup.exists(operations); i++) {
            backup = new Backup(roots, dated + "-" + i);
        }
        return backup;
    }

    private boolean exists(FileOperations operations) throws IOException {
        for (Path root : roots.all()) {
            if (operations.inspect(folder(root)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    Path folder(Path root) {
        return FileRoots.control(root).resolve("backups").resolve(name);
    }

    Path placeOf(Path target) {
        Path root = roots.rootOf(target);
        return folder(root).resolve(root.relativize(target));
    }
}
