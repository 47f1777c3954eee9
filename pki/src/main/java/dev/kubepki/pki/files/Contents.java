package dev.kubepki.pki.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// Whole contents, read and written in single steps.
final class Contents {
    /// Bytes; the largest honest file is a bundle or an archive of a few megabytes.
    static final int LIMIT = 64 << 20;

    private Contents() {}

    static byte[] read(FileOperations operations, Path path) throws IOException {
        try (InputStream in = operations.open(path)) {
            byte[] content = in.readNBytes(LIMIT + 1);
            if (content.length > LIMIT) {
                throw FileFailure.of(path, FileProblem.TOO_LARGE);
            }
            return content;
        }
    }

    /// Writes a new file and forces its bytes to the disk, the mode first.
    static void write(FileOperations operations, Path path, byte[] content, FileMode mode) throws IOException {
        try (FileOperations.NewFile file = operations.create(path, mode)) {
            file.write(content, 0, content.length);
            file.sync();
        }
    }
}
