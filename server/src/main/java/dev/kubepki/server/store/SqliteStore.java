package dev.kubepki.server.store;

import java.nio.file.Path;
import java.util.Objects;

/// The embedded store: one SQLite file in a data folder.
///
/// What it acknowledges has been synced: write-ahead log, `synchronous=FULL`. One process at a time may use a folder.
public final class SqliteStore extends LogStore {
    private final Path file;

    private SqliteStore(SqliteLog log, StoreLimits limits) {
        super(log, limits);
        this.file = log.file();
    }

    /// Opens the store in a folder, or makes it.
    ///
    /// @throws StoreFailure with UNAVAILABLE if another process uses it, it can't be written, or a newer
    ///     version made it; with CORRUPT if it is damaged
    public static SqliteStore open(Path data) {
        return open(data, StoreLimits.standard());
    }

    static SqliteStore open(Path data, StoreLimits limits) {
        return open(data, limits, SqliteSchema.today(), SqliteFiles::writer);
    }

    static SqliteStore open(Path data, StoreLimits limits, SqliteSchema schema, SqliteLog.Opener opener) {
        SqliteLog log = SqliteLog.open(StoreFolder.lock(data), schema, opener);
        try {
            return new SqliteStore(log, limits);
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /// The file.
    public Path file() {
        return file;
    }

    /// Copies the store as it is now, while it goes on; see [StoreFiles#backup].
    public StoreCheck backup(Path to) {
        return StoreFiles.backup(folder(), to);
    }

    private Path folder() {
        return Objects.requireNonNull(file.getParent(), "the file lies in the data folder");
    }
}
