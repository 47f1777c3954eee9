package dev.kubepki.pki.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/// The root folder of a system: `/` for the running one, or the folder in which an image was unpacked. Paths inside are
/// written as that system sees them, and symbolic links are followed as that system would: a link to `/etc/x` in an
/// image never leads to this machine's `/etc/x`.
public final class ImageRoot {
    /// What Linux allows (path_resolution(7)).
    private static final int MOST_LINKS = 40;

    private final Path root;

    private ImageRoot(Path root) {
        this.root = root;
    }

    /// The system in this folder.
    ///
    /// @throws TrustFailure where there is no such folder
    public static ImageRoot of(Path root) {
        if (!Files.isDirectory(root)) {
            throw new TrustFailure(root + ": there is no such folder; name the root folder of a system or image");
        }
        try {
            return new ImageRoot(root.toRealPath());
        } catch (IOException e) {
            throw new TrustFailure(root + ": the folder can't be read; run as a user who may", e);
        }
    }

    /// Whether this is the running system.
    public boolean isLive() {
        return root.getParent() == null;
    }

    /// The folder.
    public Path path() {
        return root;
    }

    /// Where an inside path lies for this process, every symbolic link followed; it need not exist.
    public Path resolve(String inside) {
        Deque<String> pending = new ArrayDeque<>();
        push(pending, Path.of(inside));
        Path at = root;
        int links = 0;
        while (!pending.isEmpty()) {
            String part = pending.pop();
            Path next = at.resolve(part);
            if (part.equals("..")) {
                Path parent = at.getParent();
                at = at.equals(root) || parent == null ? root : parent;
            } else if (Files.isSymbolicLink(next)) {
                links++;
                if (links > MOST_LINKS) {
                    throw new TrustFailure(next + ": symbolic links lead in a circle; mend them");
                }
                Path target = target(next);
                at = target.isAbsolute() ? root : at;
                push(pending, target);
            } else {
                at = next;
            }
        }
        return at;
    }

    /// A path for this process as the system inside sees it.
    public String inside(Path path) {
        return path.startsWith(root) ? "/" + root.relativize(path) : path.toString();
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            throw new TrustFailure(link + ": the symbolic link can't be read", e);
        }
    }

    private static void push(Deque<String> pending, Path path) {
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            String part = path.getName(i).toString();
            if (!part.isEmpty() && !part.equals(".")) {
                pending.push(part);
            }
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
