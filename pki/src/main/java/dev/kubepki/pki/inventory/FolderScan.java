package dev.kubepki.pki.inventory;

import dev.kubepki.pki.files.FileOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Walks a folder and looks into its files: so deep, so many and so large that a wrong folder does no harm.
///
/// A file or folder that is reached by several links is looked at once; links to folders outside are not followed.
final class FolderScan {
    static final int MAX_DEPTH = 16;
    static final int MAX_FILES = 20_000;
    static final long MAX_BYTES = 4 << 20;
    private static final Set<String> RECORDS = Set.of(".kubepki", "certificate-ledger.jsonl", ".git");

    private final Path top;
    private final String prefix;
    private final Predicate<Path> known;
    private final InventoryDraft draft;
    private final ContentScan content;
    private final Set<Path> seen = new HashSet<>();
    private int files;
    private int large;
    private int closed;
    private boolean cut;

    /// @param prefix what is shown before a file's path below the folder; empty or ending in `/`
    /// @param known the files that are listed already
    FolderScan(Path top, String prefix, Predicate<Path> known, InventoryDraft draft, Look look) {
        this.top = top.toAbsolutePath().normalize();
        this.prefix = prefix;
        this.known = known;
        this.draft = draft;
        this.content = new ContentScan(draft, look, true, FileOperations.disk());
    }

    /// @throws IOException where the folder itself can't be read
    void run() throws IOException {
        Path real = top.toRealPath();
        seen.add(real);
        for (Path child : children(top)) {
            look(child, real, 1);
        }
        String where = prefix.isEmpty() ? top.toString() : prefix.substring(0, prefix.length() - 1);
        if (cut) {
            draft.note(where + ": has more than " + MAX_FILES + " files or " + MAX_DEPTH
                    + " levels, the rest was left out");
        }
        if (large > 0) {
            draft.note(where + ": " + large + " files over 4 MiB were left out");
        }
        if (closed > 0) {
            draft.note(where + ": " + closed + " folders can't be read and were left out");
        }
    }

    /// A projected volume of Kubernetes keeps the real files in folders that begin with two dots.
    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path child : stream) {
                String name = String.valueOf(child.getFileName());
                if (!RECORDS.contains(name) && !name.startsWith("..")) {
                    children.add(child);
                }
            }
        } catch (DirectoryIteratorException | UncheckedIOException e) {
            throw new IOException(folder + ": can't be read", e);
        }
        children.sort(null);
        return children;
    }

    private void look(Path path, Path realTop, int depth) {
        if (known.test(path)) {
            return;
        }
        try {
            Path real = Files.isSymbolicLink(path) ? path.toRealPath() : path;
            if (Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
                folder(path, realTop, depth);
            } else if (Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                file(path, real);
            }
        } catch (IOException dangling) {
            // A link that leads nowhere holds nothing.
        }
    }

    private void folder(Path path, Path realTop, int depth) {
        try {
            Path real = path.toRealPath();
            boolean outside = !real.startsWith(realTop);
            if (outside || !seen.add(real)) {
                return;
            }
            if (depth >= MAX_DEPTH) {
                cut = true;
                return;
            }
            for (Path child : children(path)) {
                look(child, realTop, depth + 1);
            }
        } catch (IOException e) {
            closed++;
        }
    }

    private void file(Path path, Path real) throws IOException {
        if (files >= MAX_FILES) {
            cut = true;
        } else if (seen.add(real.toRealPath())) {
            files++;
            if (Files.size(real) > MAX_BYTES) {
                large++;
            } else {
                content.any(path, prefix + top.relativize(path));
            }
        }
    }
}
