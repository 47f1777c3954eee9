package dev.kubepki.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The log in a SQLite file: one connection writes, a few others read.
final class SqliteLog implements RevisionLog {
    private final StoreFolder folder;
    private final Path file;
    private final Connection connection;
    private final SqliteWriter writer;
    private final SqliteReaders readers;

    private SqliteLog(StoreFolder folder, Path file, Connection connection) throws SQLException {
        this.folder = folder;
        this.file = file;
        this.connection = connection;
        writer = new SqliteWriter(file, connection);
        readers = SqliteReaders.open(file);
    }

    /// Opens a connection that writes.
    interface Opener {
        Connection open(Path file) throws SQLException;
    }

    /// Opens the log in a folder, which it gives back when it closes, or at once if it fails.
    static SqliteLog open(StoreFolder folder, SqliteSchema schema, Opener opener) {
        try {
            return open(folder, folder.database(), schema, opener);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static SqliteLog open(StoreFolder folder, Path file, SqliteSchema schema, Opener opener) {
        try {
            Connection connection = opener.open(file);
            try {
                schema.apply(connection, file);
                return new SqliteLog(folder, file, connection);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw SqliteFiles.failure(file, e);
        }
    }

    @Override
    public Content load() {
        try {
            long compacted = SqliteSchema.number(connection, "SELECT compacted FROM history");
            long last = SqliteSchema.number(connection, "SELECT max(revision) FROM log");
            LongStream.Builder leftovers = LongStream.builder();
            KeyIndex keys = index().compacted(compacted, leftovers);
            long revision = Math.max(FIRST, Math.max(last, compacted));
            return new Content(revision, compacted, keys, leftovers.build().toArray());
        } catch (SQLException e) {
            throw SqliteFiles.failure(file, e);
        }
    }

    private KeyIndex index() throws SQLException {
        List<KeyHistory> histories = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT key, revision, deleted FROM log ORDER BY 1, 2")) {
            KeyHistory last = null;
            while (rows.next()) {
                byte[] key = rows.getBytes(1);
                long write = rows.getInt(3) == 0 ? rows.getLong(2) : -rows.getLong(2);
                if (last != null && Arrays.equals(last.key(), key)) {
                    last = last.then(write);
                    histories.set(histories.size() - 1, last);
                } else {
                    last = KeyHistory.of(key, write);
                    histories.add(last);
                }
            }
        }
        return KeyIndex.of(histories);
    }

    Path file() {
        return file;
    }

    @Override
    public void append(List<LogEntry> entries) {
        writer.append(entries);
    }

    @Override
    public void markCompacted(long revision) {
        writer.markCompacted(revision);
    }

    @Override
    public void forget(long[] revisions) {
        writer.forget(revisions);
    }

    @Override
    public byte @Nullable [] valueForCommit(long revision) {
        return writer.value(revision);
    }

    @Override
    public byte @Nullable [] value(long revision) {
        return readers.read(reader -> reader.value(revision));
    }

    @Override
    public byte[] @Nullable [] values(long[] revisions) {
        return readers.read(reader -> {
            byte[] @Nullable [] values = new byte[revisions.length] @Nullable [];
            for (int i = 0; i < revisions.length; i++) {
                values[i] = reader.value(revisions[i]);
            }
            return values;
        });
    }

    @Override
    public long changes(long after, long upTo, KeyRange range, Consumer<Store.Change> consumer) {
        return readers.read(reader -> reader.changes(after, upTo, range, consumer));
    }

    @Override
    public void close() {
        readers.close();
        writer.close();
        folder.close();
    }
}
