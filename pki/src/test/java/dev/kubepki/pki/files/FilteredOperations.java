package dev.kubepki.pki.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Hands everything on to another file system; a test overrides what it wants to spoil.
class FilteredOperations implements FileOperations {
    private final FileOperations below;

    FilteredOperations(FileOperations below) {
        this.below = below;
    }

    @Override
    public Optional<FileEntry> inspect(Path path) throws IOException {
        return below.inspect(path);
    }

    @Override
    public InputStream open(Path path) throws IOException {
        return below.open(path);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return below.list(directory);
    }

    @Override
    public NewFile create(Path path, FileMode mode) throws IOException {
        return below.create(path, mode);
    }

    @Override
    public NewFile append(Path path) throws IOException {
        return below.append(path);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        below.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        below.delete(path);
    }

    @Override
    public void makeDirectory(Path path, FileMode mode) throws IOException {
        below.makeDirectory(path, mode);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        below.syncDirectory(directory);
    }

    @Override
    public long usableSpace(Path existing) throws IOException {
        return below.usableSpace(existing);
    }

    @Override
    public void checkWritable(Path directory) throws IOException {
        below.checkWritable(directory);
    }

    /// The same for an open file.
    static class FilteredFile implements NewFile {
        private final NewFile below;

        FilteredFile(NewFile below) {
            this.below = below;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            below.write(bytes, offset, length);
        }

        @Override
        public void sync() throws IOException {
            below.sync();
        }

        @Override
        public void truncate(long size) throws IOException {
            below.truncate(size);
        }

        @Override
        public void close() throws IOException {
            below.close();
        }
    }
}
