package dev.kubepki.pki.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The single steps that everything here is made of, so that tests can stop between any two of them, run out of disk
/// at any one, and forget whatever was not yet forced to the disk. [#disk()] is the real one.
///
/// No method follows a symbolic link in the last part of a path, except [#open].
public interface FileOperations {
    /// The real file system.
    static FileOperations disk() {
        return new DiskOperations();
    }

    /// What stands at the path; empty if nothing does.
    Optional<FileEntry> inspect(Path path) throws IOException;

    /// Reads a file, through symbolic links too. A pipe, a socket or a device is refused, as whoever opens a pipe waits
    /// for its writer, which may never come.
    ///
    /// @throws FileFailure for what is no file
    InputStream open(Path path) throws IOException;

    /// The names in a folder, sorted.
    List<String> list(Path directory) throws IOException;

    /// Makes a file that must not exist; it has exactly this mode, whatever the umask, before the first byte.
    NewFile create(Path path, FileMode mode) throws IOException;

    /// Opens an existing file for adding at its end.
    NewFile append(Path path) throws IOException;

    /// Moves a file, atomically replacing one at the destination; both must be on one file system.
    void rename(Path from, Path to) throws IOException;

    /// Removes a file or an empty folder.
    void delete(Path path) throws IOException;

    /// Makes a folder that must not exist, with exactly this mode; its parent must exist.
    void makeDirectory(Path path, FileMode mode) throws IOException;

    /// Forces to the disk which names a folder holds: creations, renames and deletions.
    void syncDirectory(Path directory) throws IOException;

    /// Bytes that can still be written to the file system of an existing path.
    long usableSpace(Path existing) throws IOException;

    /// Fails unless names can be added to and removed from an existing folder.
    void checkWritable(Path directory) throws IOException;

    /// A file being written.
    interface NewFile extends Closeable {
        void write(byte[] bytes, int offset, int length) throws IOException;

        /// Forces the bytes and the mode to the disk; the file's name needs [#syncDirectory] of its folder.
        void sync() throws IOException;

        /// Cuts the file back to this many bytes.
        void truncate(long size) throws IOException;

        @Override
        void close() throws IOException;
    }
}
