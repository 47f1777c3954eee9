package dev.kubepki.pki.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Carries out a decided change from its journal: folders, renames and deletions, forced to the disk, then the journal
/// away. May be stopped anywhere and started again.
final class RollForward {
    private final FileOperations operations;
    private final FileRoots roots;
    private final Lanes lanes;
    private final Journal journal;
    private final Set<Path> seen = new HashSet<>();
    private final List<Path> made = new ArrayList<>();
    private boolean begun;

    RollForward(FileOperations operations, FileRoots roots, Lanes lanes, Journal journal) {
        this.operations = operations;
        this.roots = roots;
        this.lanes = lanes;
        this.journal = journal;
    }

    /// Checks that every staged file is whole or already in its place, before anything is moved.
    ///
    /// @throws FileFailure where neither is so: somebody else has been here since
    void check() throws IOException {
        journal.forEach(step -> {
            if (step instanceof JournalStep.Put put) {
                Path place = operations.inspect(put.staged()).isPresent() ? put.staged() : put.target();
                if (!hasDigest(place, put.digest())) {
                    throw FileFailure.of(
                            put.target(), FileProblem.DAMAGED, "the unfinished change in " + roots.journal());
                }
            }
        });
    }

    private boolean hasDigest(Path file, String digest) throws IOException {
        Optional<FileEntry> entry = operations.inspect(file);
        if (entry.isEmpty() || !entry.get().isFile()) {
            return false;
        }
        try (InputStream content = operations.open(file)) {
            return Sha256.of(content).equals(digest);
        }
    }

    /// Carries out every step that is not yet done.
    void run() throws IOException {
        journal.forEach(step -> makeFolders(Obstacles.parent(step.target())));
        journal.forEach(this::apply);
        for (Path folder : seen) {
            lanes.run(() -> operations.syncDirectory(folder));
        }
        lanes.await();
        removeJournal();
        StagingAreas.clear(operations, roots);
    }

    private void removeJournal() throws IOException {
        operations.delete(roots.journal());
        operations.syncDirectory(FileRoots.control(roots.primary()));
    }

    /// Whether a file has already been moved or deleted.
    boolean begun() {
        return begun;
    }

    /// Takes the decision back; right only before the first file has moved.
    void withdraw() throws IOException {
        removeJournal();
        for (Path folder : made.reversed()) {
            operations.delete(folder);
        }
    }

    private void apply(JournalStep step) throws IOException {
        try {
            switch (step) {
                case JournalStep.Put put -> {
                    if (operations.inspect(put.staged()).isPresent()) {
                        operations.rename(put.staged(), put.target());
                        begun = true;
                    }
                }
                case JournalStep.Remove remove -> {
                    if (operations.inspect(remove.target()).isPresent()) {
                        operations.delete(remove.target());
                        begun = true;
                    }
                }
            }
        } catch (IOException e) {
            throw FileFailure.of(step.target(), e);
        }
    }

    private void makeFolders(Path folder) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        Path at = folder;
        while (seen.add(at) && !roots.all().contains(at)) {
            missing.push(at);
            at = Obstacles.parent(at);
        }
        for (Path each : missing) {
            try {
                if (Folders.ensure(operations, each, modeOf(each))) {
                    made.add(each);
                }
            } catch (IOException e) {
                throw FileFailure.of(each, e);
            }
        }
    }

    private FileMode modeOf(Path folder) {
        return roots.isRecord(folder) ? FileMode.PRIVATE_DIRECTORY : FileMode.OPEN_DIRECTORY;
    }
}
