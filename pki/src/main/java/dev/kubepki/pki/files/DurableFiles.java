package dev.kubepki.pki.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Writes single files durably: a new file beside the target, its mode before its first byte, forced to the disk,
/// renamed
/// over the target, the folder forced to the disk. Whoever looks sees the old content or the new one, whole. For
/// several
/// files that belong together there is [FileTransaction].
public final class DurableFiles {
    private final FileOperations operations;

    public DurableFiles(FileOperations operations) {
        this.operations = operations;
    }

    /// Gives a file this content and mode; its folder must exist.
    ///
    /// @throws FileFailure if it can't be done, or a symbolic link or a folder is in the way; nothing was changed
    public void write(Path file, byte[] content, FileMode mode) {
        Path target = FileRoots.settle(file);
        Path draft = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".kubepki-new");
        try {
            checkTarget(target);
            dropLeftover(draft);
            place(draft, target, content, mode);
        } catch (IOException e) {
            throw FileFailure.of(target, e).nothingChanged();
        } catch (FileFailure e) {
            throw e.nothingChanged();
        }
    }

    /// Reads a file whole, through symbolic links too.
    ///
    /// @throws FileFailure if it is missing, unreadable, no file, or larger than 64 MiB
    public byte[] read(Path file) {
        try {
            return Contents.read(operations, file);
        } catch (IOException e) {
            throw FileFailure.of(file, e);
        }
    }

    private void checkTarget(Path target) throws IOException {
        Optional<FileEntry> entry = operations.inspect(target);
        if (entry.isPresent()) {
            Obstacles.checkReplaceable(target, entry.get());
        }
    }

    /// A killed process of the same number may have left its draft.
    private void dropLeftover(Path draft) throws IOException {
        Optional<FileEntry> entry = operations.inspect(draft);
        if (entry.isPresent()) {
            Obstacles.checkReplaceable(draft, entry.get());
            operations.delete(draft);
        }
    }

    private void place(Path draft, Path target, byte[] content, FileMode mode) throws IOException {
        boolean placed = false;
        try {
            Contents.write(operations, draft, content, mode);
            operations.rename(draft, target);
            placed = true;
        } finally {
            if (!placed && operations.inspect(draft).isPresent()) {
                operations.delete(draft);
            }
        }
        operations.syncDirectory(Obstacles.parent(target));
    }
}
