package dev.kubepki.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The log in a SQLite file: one connection writes, a few others read.
final class SqliteLog implements RevisionLog {
    private final StoreFolder folder;
    private final Path file;
    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement delete;
    private final SqliteReaders readers;

    private SqliteLog(StoreFolder folder, Path file, Connection connection, SqliteReaders readers)
            throws SQLException {
        this.folder = folder;
        this.file = file;
        this.connection = connection;
        this.readers = readers;
        insert = connection.prepareStatement("INSERT INTO log VALUES (?, ?, ?, ?, ?)");
        delete = connection.prepareStatement("DELETE FROM log WHERE revision = ?");
    }

    /// Opens the log in a folder, which it gives back when it closes, or at once if it fails.
    static SqliteLog open(StoreFolder folder, SqliteSchema schema) {
        try {
            return open(folder, folder.database(), schema);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static SqliteLog open(StoreFolder folder, Path file, SqliteSchema schema) {
        try {
            Connection connection = SqliteFiles.writer(file);
            try {
                schema.apply(connection, file);
                return new SqliteLog(folder, file, connection, SqliteReaders.open(file));
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw SqliteFiles.failure(file, e);
        }
    }

    Path file() {
        return file;
    }

    @Override
    public Content load() {
        try {
            long compacted = SqliteSchema.number(connection, "SELECT compacted FROM history");
            long last = SqliteSchema.number(connection, "SELECT max(revision) FROM log");
            LongStream.Builder leftovers = LongStream.builder();
            KeyIndex keys = index().compacted(compacted, leftovers);
            return new Content(
                    Math.max(FIRST, Math.max(last, compacted)), compacted, keys, leftovers.build().toArray());
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
                if (last != null && java.util.Arrays.equals(last.key(), key)) {
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

    @Override
    public void append(List<LogEntry> entries) {
        transaction(() -> {
            for (LogEntry entry : entries) {
                insert.setLong(1, entry.revision());
                insert.setString(2, entry.key());
                insert.setLong(3, entry.previous());
                insert.setInt(4, entry.isRemoval() ? 1 : 0);
                insert.setBytes(5, entry.value());
                insert.addBatch();
            }
            insert.executeBatch();
        });
    }

    @Override
    public void markCompacted(long revision) {
        transaction(() -> execute("UPDATE history SET compacted = " + revision));
    }

    @Override
    public void forget(long[] revisions) {
        transaction(() -> {
            for (long revision : revisions) {
                delete.setLong(1, revision);
                delete.addBatch();
            }
            delete.executeBatch();
        });
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void transaction(Work work) {
        try {
            execute("BEGIN IMMEDIATE");
            work.run();
            execute("COMMIT");
        } catch (SQLException e) {
            try {
                execute("ROLLBACK");
            } catch (SQLException none) {
                e.addSuppressed(none);
            }
            throw SqliteFiles.failure(file, e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public byte @Nullable [] value(long revision) {
        return readers.read(reader -> reader.value(revision));
    }

    @Override
    public byte[] @Nullable [] values(long[] revisions) {
        return readers.read(reader -> {
            byte[][] values = new byte[revisions.length][];
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
        try {
            connection.close();
        } catch (SQLException e) {
            // What was acknowledged is on the disk; the next start finds it.
        } finally {
            folder.close();
        }
    }
}
