package dev.kubepki.pki.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The real file system, over java.nio.
final class DiskOperations implements FileOperations {
    private static final int TYPE_BITS = 0170000;
    private static final Map<Integer, FileEntry.Kind> KINDS = Map.of(
            0100000, FileEntry.Kind.FILE,
            0040000, FileEntry.Kind.DIRECTORY,
            0120000, FileEntry.Kind.SYMLINK);

    @Override
    public Optional<FileEntry> inspect(Path path) throws IOException {
        try {
            Map<String, Object> facts =
                    Files.readAttributes(path, "unix:mode,size,dev,lastModifiedTime", NOFOLLOW_LINKS);
            int mode = fact(facts, "mode", Integer.class);
            return Optional.of(new FileEntry(
                    KINDS.getOrDefault(mode & TYPE_BITS, FileEntry.Kind.OTHER),
                    fact(facts, "size", Long.class),
                    new FileMode(mode & 07777),
                    fact(facts, "dev", Long.class),
                    fact(facts, "lastModifiedTime", FileTime.class).toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static <T> T fact(Map<String, Object> facts, String name, Class<T> type) {
        return Objects.requireNonNull(type.cast(facts.get(name)), name);
    }

    @Override
    public InputStream open(Path path) throws IOException {
        int type = (int) Files.getAttribute(path, "unix:mode") & TYPE_BITS;
        if (KINDS.get(type) == null) {
            throw FileFailure.of(path, FileProblem.NOT_A_FILE);
        }
        return Files.newInputStream(path);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        names.sort(null);
        return names;
    }

    @Override
    public NewFile create(Path path, FileMode mode) throws IOException {
        // CREATE_NEW is O_EXCL: neither an existing file nor a symbolic link is ever written.
        FileChannel channel = FileChannel.open(
                path, Set.of(CREATE_NEW, WRITE), PosixFilePermissions.asFileAttribute(mode.permissions()));
        try {
            // The umask may have taken bits away.
            Files.setPosixFilePermissions(path, mode.permissions());
            return new ChannelFile(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public NewFile append(Path path) throws IOException {
        return new ChannelFile(FileChannel.open(path, Set.of(WRITE, APPEND, NOFOLLOW_LINKS)));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, ATOMIC_MOVE);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.delete(path);
    }

    @Override
    public void makeDirectory(Path path, FileMode mode) throws IOException {
        Files.createDirectory(path, PosixFilePermissions.asFileAttribute(mode.permissions()));
        Files.setPosixFilePermissions(path, mode.permissions());
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        } catch (IOException e) {
            // EINVAL: some network file systems keep names durable themselves and have no such call.
            if (!"Invalid argument".equals(e.getMessage())) {
                throw e;
            }
        }
    }

    @Override
    public long usableSpace(Path existing) {
        // Not through FileStore, which fails in a chroot whose mount table doesn't name its root.
        return existing.toFile().getUsableSpace();
    }

    @Override
    public void checkWritable(Path directory) throws IOException {
        directory.getFileSystem().provider().checkAccess(directory, AccessMode.WRITE, AccessMode.EXECUTE);
    }

    private record ChannelFile(FileChannel channel) implements NewFile {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }

        @Override
        public void sync() throws IOException {
            channel.force(true);
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
