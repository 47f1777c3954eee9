package dev.kubepki.pki.files;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What a set's files are, for commands that only read: where an interrupted command left a decided change, its new
/// files are shown as if they were in place already, and nothing is written. Needs no lock.
public final class FileView {
    private final FileOperations operations;
    private final FileRoots roots;
    private final boolean pending;
    private final Optional<Instant> stamp;
    // Empty: deleted by the pending change.
    private final Map<Path, Optional<Path>> changed = new HashMap<>();
    private final Map<Path, TreeSet<String>> added = new HashMap<>();

    private FileView(FileOperations operations, FileRoots roots, Optional<Journal> journal) throws IOException {
        this.operations = operations;
        this.roots = roots;
        this.pending = journal.isPresent();
        this.stamp = stamp();
        if (journal.isPresent()) {
            journal.get().forEach(this::overlay);
        }
    }

    /// Looks at a set as it is now.
    ///
    /// @throws FileFailure if the record of an unfinished change can't be read
    public static FileView of(FileOperations operations, FileRoots roots) {
        try {
            try {
                return new FileView(operations, roots, Journal.pending(operations, roots));
            } catch (NoSuchFileException e) {
                // The change was finished while its journal was being read.
                return new FileView(operations, roots, Optional.empty());
            }
        } catch (IOException e) {
            throw FileFailure.of(roots.journal(), e);
        }
    }

    /// Whether an interrupted change is waiting to be finished by the next command that writes.
    public boolean pending() {
        return pending;
    }

    /// Whether no command has begun or finished a change since this view was made. What was read from one that is not
    /// current may be old in one file and new in another: read again.
    ///
    /// @throws FileFailure if that can't be told
    public boolean isCurrent() {
        try {
            return stamp.equals(stamp());
        } catch (IOException e) {
            throw FileFailure.of(roots.journal(), e);
        }
    }

    /// Every change puts staged files and its journal into this folder and takes them out again.
    private Optional<Instant> stamp() throws IOException {
        return operations.inspect(FileRoots.control(roots.primary())).map(FileEntry::modified);
    }

    /// What stands at a path; a symbolic link is reported as itself.
    ///
    /// @throws FileFailure if that can't be told
    public Optional<FileEntry> inspect(Path file) {
        Path path = FileRoots.settle(file);
        try {
            Optional<Path> place = changed.getOrDefault(path, Optional.of(path));
            if (place.isEmpty()) {
                return Optional.empty();
            }
            Optional<FileEntry> entry = operations.inspect(place.get());
            return entry.isEmpty() ? operations.inspect(path) : entry;
        } catch (IOException e) {
            throw FileFailure.of(file, e);
        }
    }

    /// Reads a file whole, through symbolic links too.
    ///
    /// @throws FileFailure if it is missing, unreadable, no file, or larger than 64 MiB
    public byte[] read(Path file) {
        Path path = FileRoots.settle(file);
        try {
            Optional<Path> place = changed.getOrDefault(path, Optional.of(path));
            if (place.isEmpty()) {
                throw FileFailure.of(file, FileProblem.MISSING);
            }
            try {
                return Contents.read(operations, place.get());
            } catch (NoSuchFileException e) {
                // The change was finished since, or this file had already moved when its writer was killed.
                return Contents.read(operations, path);
            }
        } catch (IOException e) {
            throw FileFailure.of(file, e);
        }
    }

    /// The names in a folder, sorted, without the records of kubepki itself; empty for a folder that is not there.
    ///
    /// @throws FileFailure if it can't be read or is no folder
    public List<String> list(Path directory) {
        Path folder = FileRoots.settle(directory);
        TreeSet<String> names = new TreeSet<>(added.getOrDefault(folder, new TreeSet<>()));
        try {
            if (operations.inspect(folder).isPresent()) {
                names.addAll(operations.list(folder));
            }
        } catch (IOException e) {
            throw FileFailure.of(directory, e);
        }
        names.removeIf(name -> isHidden(folder.resolve(name)));
        return List.copyOf(names);
    }

    private boolean isHidden(Path path) {
        Optional<Path> place = changed.get(path);
        return roots.isRecord(path) || (place != null && place.isEmpty());
    }

    private void overlay(JournalStep step) {
        switch (step) {
            case JournalStep.Put put -> {
                changed.put(put.target(), Optional.of(put.staged()));
                Path at = put.target();
                while (!roots.all().contains(at)) {
                    Path folder = Obstacles.parent(at);
                    added.computeIfAbsent(folder, f -> new TreeSet<>()).add(String.valueOf(at.getFileName()));
                    at = folder;
                }
            }
            case JournalStep.Remove remove -> changed.put(remove.target(), Optional.empty());
        }
    }
}
