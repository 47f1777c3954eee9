package dev.kubepki.pki.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The folders in which the new files of a change wait, `.kubepki/staging`, one on each file system that the change
/// touches: a rename never leaves a file system, and space must be found before the change is decided.
///
/// The primary area lists the others, so that leftovers of a killed command are found whatever it was doing.
final class StagingAreas {
    private static final String STAGING = "staging";
    private static final String OTHERS = "areas";

    private final FileOperations operations;
    private final FileRoots roots;
    private final Map<Long, Path> areas = new HashMap<>();
    private FileOperations.@Nullable NewFile others;
    private int count;

    StagingAreas(FileOperations operations, FileRoots roots) {
        this.operations = operations;
        this.roots = roots;
    }

    static Path primary(FileRoots roots) {
        return FileRoots.control(roots.primary()).resolve(STAGING);
    }

    /// A name for the next staged file, on the target's file system. The digest in it keeps a reader of an earlier
    /// journal from taking a later change's file for its own.
    Path next(Path target, String digest, Obstacles.Ground ground, Obstacles obstacles) throws IOException {
        Path area = areas.get(ground.device());
        if (area == null) {
            area = open(ground, obstacles, target);
        }
        count++;
        return area.resolve(count + "-" + digest.substring(0, 16));
    }

    Collection<Path> all() {
        return areas.values();
    }

    void openPrimary() throws IOException {
        Path root = roots.primary();
        FileEntry entry =
                operations.inspect(root.resolve(".")).orElseThrow(() -> FileFailure.of(root, FileProblem.MISSING));
        areas.put(entry.device(), make(root));
    }

    private Path open(Obstacles.Ground ground, Obstacles obstacles, Path target) throws IOException {
        Path root = roots.rootOf(target);
        Path top = ground.existing();
        while (!top.equals(root) && obstacles.ground(Obstacles.parent(top)).device() == ground.device()) {
            top = Obstacles.parent(top);
        }
        list(FileRoots.control(top).resolve(STAGING));
        Path area = make(top);
        areas.put(ground.device(), area);
        return area;
    }

    private void list(Path area) throws IOException {
        if (others == null) {
            others = operations.create(primary(roots).resolve(OTHERS), FileMode.OWNER_ONLY);
        }
        byte[] line = (new JournalPaths(roots).write(area) + "\n").getBytes(StandardCharsets.UTF_8);
        others.write(line, 0, line.length);
        others.sync();
        sync(primary(roots));
    }

    private Path make(Path top) throws IOException {
        Path control = FileRoots.control(top);
        Folders.ensure(operations, control, FileMode.PRIVATE_DIRECTORY);
        Path area = control.resolve(STAGING);
        try {
            operations.makeDirectory(area, FileMode.PRIVATE_DIRECTORY);
        } catch (IOException e) {
            throw FileFailure.of(area, e);
        }
        return area;
    }

    /// Makes the staged files findable after a power failure.
    void sync() throws IOException {
        for (Path area : areas.values()) {
            sync(area);
        }
    }

    private void sync(Path area) throws IOException {
        operations.syncDirectory(area);
        operations.syncDirectory(Obstacles.parent(area));
        operations.syncDirectory(Obstacles.parent(Obstacles.parent(area)));
    }

    void close() throws IOException {
        if (others != null) {
            others.close();
        }
    }

    /// Removes every staging area and what is left in it; right only when no journal needs them.
    static void clear(FileOperations operations, FileRoots roots) throws IOException {
        Path primary = primary(roots);
        for (Path area : others(operations, roots)) {
            if (area.endsWith(Path.of(FileRoots.CONTROL, STAGING)) && clearArea(operations, area)) {
                // Gone for good before the list that names it goes.
                operations.syncDirectory(Obstacles.parent(area));
            }
        }
        clearArea(operations, primary);
    }

    private static List<Path> others(FileOperations operations, FileRoots roots) throws IOException {
        Path list = primary(roots).resolve(OTHERS);
        List<Path> areas = new ArrayList<>();
        Optional<FileEntry> entry = inspectIn(operations, primary(roots), list);
        if (entry.isPresent() && entry.get().isFile()) {
            String text = new String(Contents.read(operations, list), StandardCharsets.UTF_8);
            for (String word : text.lines().toList()) {
                Path area = new JournalPaths(roots).read(word);
                if (area != null) {
                    areas.add(area);
                }
            }
        }
        return areas;
    }

    private static Optional<FileEntry> inspectIn(FileOperations operations, Path area, Path file) throws IOException {
        return isFolder(operations, Obstacles.parent(area)) && isFolder(operations, area)
                ? operations.inspect(file)
                : Optional.empty();
    }

    private static boolean isFolder(FileOperations operations, Path path) throws IOException {
        return operations.inspect(path).filter(FileEntry::isDirectory).isPresent();
    }

    private static boolean clearArea(FileOperations operations, Path area) throws IOException {
        if (!isFolder(operations, Obstacles.parent(area)) || !isFolder(operations, area)) {
            return false;
        }
        for (String name : operations.list(area)) {
            if (!name.equals(OTHERS)) {
                operations.delete(area.resolve(name));
            }
        }
        if (operations.inspect(area.resolve(OTHERS)).isPresent()) {
            operations.delete(area.resolve(OTHERS));
        }
        operations.delete(area);
        return true;
    }
}
