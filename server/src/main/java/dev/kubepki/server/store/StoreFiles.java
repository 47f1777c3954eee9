package dev.kubepki.server.store;

import dev.kubepki.server.store.StoreFailure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/// What can be done with the files of an embedded store from outside.
public final class StoreFiles {
    /// A restored store goes on so many revisions later: whoever watched the lost one must not take what comes now for
    /// what he missed.
    private static final long LEAP = 1_000_000_000;

    private StoreFiles() {}

    /// A compaction of the whole file.
    ///
    /// @param check of the file as it is now
    /// @param bytesBefore of the file as it was
    public record Compaction(StoreCheck check, long bytesBefore) {}

    /// Copies a store as it is at one moment, also while a server writes in it, and checks the copy.
    ///
    /// @param data the store's folder
    /// @param to a file that does not exist yet
    /// @return the check of the copy; a copy of a damaged store is kept
    /// @throws StoreFailure if there is no store, or the copy can't be made; there is none then
    public static StoreCheck backup(Path data, Path to) {
        Path file = existing(data);
        Path target = to.toAbsolutePath().normalize();
        if (Files.exists(target)) {
            throw new StoreFailure(Reason.UNAVAILABLE, target + " exists already, and no backup is ever replaced");
        }
        Path draft = target.resolveSibling("." + target.getFileName() + ".new");
        try {
            Files.deleteIfExists(draft);
            // SQLite writes into an empty file, and the file has its mode before its bytes.
            Files.createFile(draft, StoreFolder.fileMode());
            try {
                copy(file, draft);
                StoreFolder.sync(draft);
                StoreCheck check = SqliteCheck.of(draft, SqliteSchema.today());
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
                StoreFolder.sync(folderOf(target));
                return new StoreCheck(
                        target,
                        check.revision(),
                        check.compacted(),
                        check.keys(),
                        check.writes(),
                        check.bytes(),
                        check.findings());
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw StoreFolder.failure(target, e);
        } catch (SQLException e) {
            throw SqliteFiles.failure(target, e);
        }
    }

    private static void copy(Path file, Path draft) throws SQLException {
        try (Connection connection = SqliteFiles.plain(file)) {
            SqliteSchema.today().check(connection, file);
            try (PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
                statement.setString(1, draft.toString());
                statement.execute();
            }
        }
    }

    /// Makes a store from a backup. Its revisions go on far beyond the backup's, and its history begins anew, so
    /// clients
    /// list again what they watched.
    ///
    /// @param data a folder that holds no store
    /// @return the check of the new store
    /// @throws StoreFailure if the backup is damaged, or there is a store already; nothing was changed
    public static StoreCheck restore(Path backup, Path data) {
        Path source = present(backup.toAbsolutePath().normalize());
        StoreCheck check = SqliteCheck.of(source, SqliteSchema.today());
        if (check.findings().stream().anyMatch(each -> each.check() == StoreCheck.Check.FILE)) {
            throw new StoreFailure(
                    Reason.CORRUPT,
                    backup + " is damaged: " + check.findings().getFirst().what());
        }
        Path file = StoreFolder.database(data);
        try (StoreFolder _ = StoreFolder.lock(data)) {
            if (Files.exists(file)) {
                throw new StoreFailure(
                        Reason.UNAVAILABLE, data + " holds a store already: move it away, or name another folder");
            }
            Path draft = file.resolveSibling("restored.db");
            for (String suffix : new String[] {"", "-wal", "-shm", "-journal"}) {
                Files.deleteIfExists(Path.of(draft + suffix));
            }
            Files.createFile(draft, StoreFolder.fileMode());
            copy(source, draft);
            leap(draft);
            StoreFolder.sync(draft);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            StoreFolder.sync(folderOf(file));
        } catch (IOException e) {
            throw StoreFolder.failure(file, e);
        } catch (SQLException e) {
            throw SqliteFiles.failure(file, e);
        }
        return SqliteCheck.of(file, SqliteSchema.today());
    }

    private static void leap(Path draft) throws SQLException {
        try (Connection connection = SqliteFiles.writer(draft);
                Statement statement = connection.createStatement()) {
            SqliteSchema.today().apply(connection, draft);
            statement.execute("UPDATE history SET compacted = " + LEAP
                    + " + max(compacted, ifnull((SELECT max(revision) FROM log), 0))");
        }
    }

    /// Forgets all history of a store that no server has open, and gives the room back to the disk.
    ///
    /// @throws StoreFailure if a server has it open: that one compacts by itself
    public static Compaction compact(Path data) {
        Path file = existing(data);
        try {
            long before = Files.size(file);
            try (SqliteStore store = SqliteStore.open(data)) {
                store.compact(store.revision());
            }
            try (StoreFolder folder = StoreFolder.lock(data);
                    Connection connection = SqliteFiles.writer(folder.database());
                    Statement statement = connection.createStatement()) {
                statement.execute("VACUUM");
            }
            return new Compaction(SqliteCheck.of(file, SqliteSchema.today()), before);
        } catch (IOException e) {
            throw StoreFolder.failure(file, e);
        } catch (SQLException e) {
            throw SqliteFiles.failure(file, e);
        }
    }

    /// Looks for damage in a store, also while a server has it open, or in a backup.
    ///
    /// @param place a store's folder, or a backup
    public static StoreCheck check(Path place) {
        return SqliteCheck.of(Files.isDirectory(place) ? existing(place) : present(place), SqliteSchema.today());
    }

    private static Path existing(Path data) {
        Path file = StoreFolder.database(data);
        if (!Files.isRegularFile(file)) {
            throw new StoreFailure(Reason.UNAVAILABLE, "there is no store in " + data);
        }
        return file;
    }

    private static Path present(Path backup) {
        if (!Files.isRegularFile(backup)) {
            throw new StoreFailure(Reason.UNAVAILABLE, backup + " is not there, or no file");
        }
        return backup;
    }

    private static Path folderOf(Path file) {
        return Objects.requireNonNull(file.getParent(), "an absolute file has a folder");
    }
}
