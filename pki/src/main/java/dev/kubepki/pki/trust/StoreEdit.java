package dev.kubepki.pki.trust;

import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileEntry;
import dev.kubepki.pki.files.FileFailure;
import dev.kubepki.pki.files.FileMode;
import dev.kubepki.pki.files.FileOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Carries out file steps and remembers how to take them back, so that a store is not left half changed when a later
/// step fails.
final class StoreEdit {
    private final FileOperations operations;
    private final DurableFiles files;
    private final Deque<FileStep> undo = new ArrayDeque<>();

    StoreEdit(FileOperations operations) {
        this.operations = operations;
        this.files = new DurableFiles(operations);
    }

    /// All of them, or none where one fails.
    void carryOut(List<FileStep> steps) {
        try {
            for (FileStep step : steps) {
                Optional<FileStep> back = inverse(step);
                perform(step);
                back.ifPresent(undo::push);
            }
        } catch (FileFailure | TrustFailure e) {
            takeBack();
            throw e;
        }
    }

    /// Undoes everything, newest first, as far as the disk allows.
    void takeBack() {
        while (!undo.isEmpty()) {
            try {
                perform(undo.pop());
            } catch (FileFailure | TrustFailure e) {
                // The failure that made this necessary is the one to tell; the rest is still taken back.
            }
        }
    }

    private Optional<FileStep> inverse(FileStep step) {
        Path target = step.target();
        try {
            Optional<FileEntry> old = operations.inspect(target);
            if (old.isEmpty()) {
                return step instanceof FileStep.Drop
                        ? Optional.empty()
                        : Optional.of(new FileStep.Drop(target, target.toString()));
            }
            if (old.get().isSymlink()) {
                return Optional.of(
                        new FileStep.Link(target, Files.readSymbolicLink(target).toString(), target.toString()));
            }
            return Optional.of(
                    new FileStep.Put(target, files.read(target), old.get().mode(), target.toString()));
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    private void perform(FileStep step) {
        try {
            switch (step) {
                case FileStep.Put put -> {
                    makeFolder(put.target());
                    files.write(put.target(), put.content(), put.mode());
                }
                case FileStep.Drop drop -> Files.deleteIfExists(drop.target());
                case FileStep.Link link -> {
                    makeFolder(link.target());
                    Files.createSymbolicLink(link.target(), Path.of(link.to()));
                }
            }
        } catch (IOException e) {
            throw failed(step.target(), e);
        }
    }

    private void makeFolder(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder != null && operations.inspect(folder).isEmpty()) {
            makeFolder(folder);
            operations.makeDirectory(folder, FileMode.OPEN_DIRECTORY);
        }
    }

    private static TrustFailure failed(Path path, IOException e) {
        String reason = e instanceof java.nio.file.AccessDeniedException
                ? "permission is denied; run as root"
                : "it can't be changed (" + e.getMessage() + ")";
        return new TrustFailure(path + ": " + reason, e);
    }
}
