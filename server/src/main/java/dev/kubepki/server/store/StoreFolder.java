package dev.kubepki.server.store;

import dev.kubepki.pki.files.DirectoryLock;
import dev.kubepki.pki.files.FileFailure;
import dev.kubepki.pki.files.FileRoots;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// A data folder and the right to write in it: one process at a time has it, and nobody but its owner may look inside.
final class StoreFolder implements AutoCloseable {
    private static final String DATABASE = "store.db";
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    private final Path folder;
    private final DirectoryLock lock;

    private StoreFolder(Path folder, DirectoryLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /// Takes the folder, and makes it if it is missing.
    ///
    /// @throws StoreFailure if another process has it, or it can't be written
    static StoreFolder lock(Path data) {
        Path folder = data.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, mode(OWNER_FOLDER));
            }
            return new StoreFolder(folder, DirectoryLock.acquire(FileRoots.of(folder)));
        } catch (IOException e) {
            throw failure(folder, e);
        } catch (FileFailure e) {
            throw new StoreFailure(
                    StoreFailure.Reason.UNAVAILABLE, "the data folder can't be used: " + e.getMessage(), null, e);
        }
    }

    static Path database(Path data) {
        return data.toAbsolutePath().normalize().resolve(DATABASE);
    }

    /// The file of the store, made empty if it is missing. SQLite gives the files beside it the mode of this one.
    Path database() {
        Path file = database(folder);
        try {
            try {
                Files.createFile(file, mode(OWNER_FILE));
                sync(folder);
            } catch (FileAlreadyExistsException e) {
                Files.setPosixFilePermissions(file, OWNER_FILE);
            }
            return file;
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    static FileAttribute<Set<PosixFilePermission>> fileMode() {
        return mode(OWNER_FILE);
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(Set<PosixFilePermission> permissions) {
        return PosixFilePermissions.asFileAttribute(permissions);
    }

    /// Forces a file, or the names in a folder, to the disk.
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static StoreFailure failure(Path path, IOException reason) {
        String words = reason instanceof java.nio.file.FileSystemException known && known.getReason() != null
                ? known.getReason()
                : reason.getClass().getSimpleName();
        return new StoreFailure(StoreFailure.Reason.UNAVAILABLE, path + ": " + words, null, reason);
    }

    @Override
    public void close() {
        lock.close();
    }
}
