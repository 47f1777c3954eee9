package dev.kubepki.pki.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
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
    private final Set<Path> seen = new LinkedHashSet<>();
    private final List<Path> made = new ArrayList<>();
    private boolean begun;
    private boolean checked;

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
        checked = true;
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
        // A file moved into a folder that the disk doesn't know yet could be lost with it. An earlier run may have made
        // any of them.
        sync(checked ? seen : parentsOfMade());
        journal.forEach(this::apply);
        sync(seen);
        removeJournal();
        StagingAreas.clear(operations, roots);
    }

    private Set<Path> parentsOfMade() {
        Set<Path> parents = new LinkedHashSet<>();
        made.forEach(folder -> parents.add(Obstacles.parent(folder)));
        return parents;
    }

    private void sync(Set<Path> folders) throws IOException {
        for (Path folder : folders) {
            lanes.run(() -> sync(folder));
        }
        lanes.await();
    }

    private void sync(Path folder) {
        try {
            operations.syncDirectory(folder);
        } catch (IOException e) {
            throw FileFailure.of(folder, e);
        }
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
            if (step instanceof JournalStep.Put put) {
                // In a first run every staged file is there, and one that is not must not be passed over.
                if (!checked || operations.inspect(put.staged()).isPresent()) {
                    move(put);
                    begun = true;
                }
            } else if (operations.inspect(step.target()).isPresent()) {
                operations.delete(step.target());
                begun = true;
            }
        } catch (IOException e) {
            throw FileFailure.of(step.target(), e);
        }
    }

    private void move(JournalStep.Put put) throws IOException {
        try {
            operations.rename(put.staged(), put.target());
        } catch (AtomicMoveNotSupportedException e) {
            // A part of the same file system that is mounted once more inside the set: the number of the device is the
            // same, a rename across is not allowed.
            carry(put);
        }
    }

    private void carry(JournalStep.Put put) throws IOException {
        Path draft = put.target().resolveSibling("." + put.target().getFileName() + ".kubepki-new");
        if (operations.inspect(draft).isPresent()) {
            operations.delete(draft);
        }
        FileMode mode = operations
                .inspect(put.staged())
                .orElseThrow(() -> FileFailure.of(put.staged(), FileProblem.MISSING))
                .mode();
        Contents.write(operations, draft, Contents.read(operations, put.staged()), mode);
        operations.rename(draft, put.target());
        // The staged file must not vanish from the disk before its copy is safe there.
        operations.syncDirectory(Obstacles.parent(put.target()));
        operations.delete(put.staged());
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
