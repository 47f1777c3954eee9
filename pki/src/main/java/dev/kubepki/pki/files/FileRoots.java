package dev.kubepki.pki.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The folders that one set of files lives in: nothing outside them is ever written.
///
/// Each root keeps the records of kubepki in its folder `.kubepki` (mode 0700): `lock`, the journal of an unfinished
/// change, staged files, and `backups`. The primary root holds the journal and the ledger.
public final class FileRoots {
    static final String CONTROL = ".kubepki";
    private static final String LEDGER = "certificate-ledger.jsonl";

    private final List<Path> roots;

    private FileRoots(List<Path> roots) {
        this.roots = roots;
    }

    /// The folders of one command.
    ///
    /// @param primary the `--dir` of a command
    /// @param others further folders, such as a `--cert-dir` elsewhere; one inside another root adds nothing
    public static FileRoots of(Path primary, Path... others) {
        List<Path> roots = new ArrayList<>(List.of(settle(primary)));
        for (Path other : others) {
            Path root = settle(other);
            if (roots.stream().noneMatch(root::startsWith)) {
                roots.add(root);
            }
        }
        return new FileRoots(List.copyOf(roots));
    }

    static Path settle(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /// The `--dir` of a command, absolute.
    public Path primary() {
        return roots.getFirst();
    }

    /// All roots, the primary first.
    public List<Path> all() {
        return roots;
    }

    /// Where the ledger of every certificate ever signed lies: in plain sight beside the kubeconfigs.
    public Path ledger() {
        return primary().resolve(LEDGER);
    }

    /// The record of a change that is decided but perhaps not finished.
    public Path journal() {
        return control(primary()).resolve("journal");
    }

    /// Whether a path is a record of kubepki itself and not a file of the set.
    public boolean isRecord(Path path) {
        Path settled = settle(path);
        return settled.equals(ledger())
                || roots.stream()
                        .anyMatch(root -> settled.startsWith(root) && named(root.relativize(settled), CONTROL));
    }

    private static boolean named(Path path, String name) {
        for (Path part : path) {
            if (part.toString().equals(name)) {
                return true;
            }
        }
        return false;
    }

    static Path control(Path root) {
        return root.resolve(CONTROL);
    }

    /// The root that a path lies in.
    ///
    /// @throws FileFailure for a path outside, or a root itself
    Path rootOf(Path settled) {
        for (Path root : roots) {
            if (settled.startsWith(root) && !settled.equals(root)) {
                return root;
            }
        }
        throw FileFailure.of(settled, FileProblem.OUTSIDE);
    }
}
