package dev.kubepki.pki.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Looks, before anything is changed, for what would stop a change or lead it astray: symbolic links, files where
/// folders are needed, folders that can't be written, and targets of one change that contradict each other.
final class Obstacles {
    private final FileOperations operations;
    private final FileRoots roots;
    private final Map<Path, Ground> folders = new HashMap<>();
    private final Set<Path> writable = new HashSet<>();
    private final Set<Path> targets = new HashSet<>();

    Obstacles(FileOperations operations, FileRoots roots) {
        this.operations = operations;
        this.roots = roots;
    }

    /// The nearest folder that exists already, at or above a folder of the set.
    ///
    /// @param device its file system
    /// @param missing how many folders must be made below it
    record Ground(Path existing, long device, int missing) {}

    /// Checks a target and tells what stands there now.
    Optional<FileEntry> check(Path target) throws IOException {
        Path folder = parent(target);
        Ground ground = ground(folder);
        if (!targets.add(target) || folders.containsKey(target)) {
            throw new IllegalArgumentException("one change names " + target + " twice");
        }
        checkWritable(ground.existing());
        if (ground.missing() > 0) {
            return Optional.empty();
        }
        Optional<FileEntry> entry = inspect(target);
        if (entry.isPresent()) {
            checkReplaceable(target, entry.get());
        }
        return entry;
    }

    static void checkReplaceable(Path target, FileEntry entry) {
        switch (entry.kind()) {
            case FILE -> {}
            case SYMLINK -> throw FileFailure.of(target, FileProblem.SYMLINK);
            case DIRECTORY -> throw FileFailure.of(target, FileProblem.IS_A_DIRECTORY);
            case OTHER -> throw FileFailure.of(target, FileProblem.NOT_A_FILE);
        }
    }

    /// What a folder of the set stands on; every folder from its root down is looked at once.
    Ground ground(Path folder) throws IOException {
        Ground known = folders.get(folder);
        if (known != null) {
            return known;
        }
        if (targets.contains(folder)) {
            throw new IllegalArgumentException("one change needs " + folder + " as a file and as a folder");
        }
        Ground ground = roots.all().contains(folder) ? look(folder) : below(ground(parent(folder)), folder);
        folders.put(folder, ground);
        return ground;
    }

    /// The number of folders that the change has to make.
    long missingFolders() {
        return folders.values().stream().filter(g -> g.missing() > 0).count();
    }

    private Ground below(Ground above, Path folder) throws IOException {
        if (above.missing() > 0) {
            return new Ground(above.existing(), above.device(), above.missing() + 1);
        }
        if (inspect(folder).isEmpty()) {
            return new Ground(above.existing(), above.device(), 1);
        }
        return look(folder);
    }

    private Ground look(Path folder) throws IOException {
        // A root may be a symbolic link: the person named it. Its "." is the folder behind it.
        Path place = roots.all().contains(folder) ? folder.resolve(".") : folder;
        FileEntry entry = inspect(place).orElseThrow(() -> FileFailure.of(folder, FileProblem.MISSING));
        if (entry.isSymlink()) {
            throw FileFailure.of(folder, FileProblem.SYMLINK);
        }
        if (!entry.isDirectory()) {
            throw FileFailure.of(folder, FileProblem.NOT_A_DIRECTORY);
        }
        return new Ground(folder, entry.device(), 0);
    }

    private void checkWritable(Path folder) throws IOException {
        if (writable.add(folder)) {
            try {
                operations.checkWritable(folder);
            } catch (IOException e) {
                throw FileFailure.of(folder, e);
            }
        }
    }

    private Optional<FileEntry> inspect(Path path) throws IOException {
        try {
            return operations.inspect(path);
        } catch (IOException e) {
            throw FileFailure.of(path, e);
        }
    }

    static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }
}
