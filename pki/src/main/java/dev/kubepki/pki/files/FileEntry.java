package dev.kubepki.pki.files;

import java.time.Instant;

/// What stands at a path, as `lstat` tells it: a symbolic link is reported as itself.
///
/// @param size bytes
/// @param device the file system it is on; a rename never leaves one
public record FileEntry(Kind kind, long size, FileMode mode, long device, Instant modified) {
    /// What can stand at a path.
    public enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK,
        /// A socket, pipe or device.
        OTHER
    }

    public boolean isFile() {
        return kind == Kind.FILE;
    }

    public boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }

    public boolean isSymlink() {
        return kind == Kind.SYMLINK;
    }
}
