package dev.kubepki.pki.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Makes folders that are missing, never through a symbolic link.
final class Folders {
    private Folders() {}

    /// Makes one folder if it is missing; its parent must exist.
    ///
    /// @return whether it had to be made
    static boolean ensure(FileOperations operations, Path folder, FileMode mode) throws IOException {
        Optional<FileEntry> entry = operations.inspect(folder);
        if (entry.isEmpty()) {
            operations.makeDirectory(folder, mode);
            return true;
        }
        if (entry.get().isSymlink()) {
            throw FileFailure.of(folder, FileProblem.SYMLINK);
        }
        if (!entry.get().isDirectory()) {
            throw FileFailure.of(folder, FileProblem.NOT_A_DIRECTORY);
        }
        return false;
    }

    /// Makes a root and whatever folders above it are missing, and forces them to the disk. A root and the folders
    /// above it are what the person named: symbolic links among them are fine.
    static void ensureRoot(FileOperations operations, Path root) throws IOException {
        Optional<FileEntry> entry = operations.inspect(root.resolve("."));
        if (entry.isPresent()) {
            return;
        }
        if (operations.inspect(root).isPresent()) {
            throw FileFailure.of(root, FileProblem.NOT_A_DIRECTORY);
        }
        Path above = Obstacles.parent(root);
        ensureRoot(operations, above);
        operations.makeDirectory(root, FileMode.OPEN_DIRECTORY);
        operations.syncDirectory(above);
    }
}
