package dev.kubepki.server.store;

import dev.kubepki.server.store.StoreFailure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The connection that writes. It knows what became of a commit that reported an error: a write that is on the disk is
/// never called a failed one.
final class SqliteWriter {
    /// A reader that never ends keeps the write-ahead log from starting over; from this size on it is waited for.
    private static final long LARGE_LOG = 64L << 20;

    private static final int LOOK_EVERY = 64;

    private final Path file;
    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement insertValue;
    private final PreparedStatement delete;
    private final PreparedStatement deleteValue;
    private final PreparedStatement value;
    private boolean open;
    private int commits;
    private long largeLog = LARGE_LOG;

    SqliteWriter(Path file, Connection connection) throws SQLException {
        this.file = file;
        this.connection = connection;
        insert = connection.prepareStatement("INSERT INTO log VALUES (?, ?, ?, ?)");
        insertValue = connection.prepareStatement("INSERT INTO value VALUES (?, ?)");
        delete = connection.prepareStatement("DELETE FROM log WHERE revision = ?");
        deleteValue = connection.prepareStatement("DELETE FROM value WHERE revision = ?");
        value = connection.prepareStatement("SELECT bytes FROM value WHERE revision = ?");
    }

    void append(List<LogEntry> entries) {
        transaction(
                () -> {
                    for (LogEntry entry : entries) {
                        insert.setLong(1, entry.revision());
                        insert.setString(2, entry.key());
                        insert.setLong(3, entry.previous());
                        insert.setInt(4, entry.isRemoval() ? 1 : 0);
                        insert.addBatch();
                        if (!entry.isRemoval()) {
                            insertValue.setLong(1, entry.revision());
                            insertValue.setBytes(2, entry.value());
                            insertValue.addBatch();
                        }
                    }
                    insert.executeBatch();
                    insertValue.executeBatch();
                },
                "SELECT count(*) = 1 FROM log WHERE revision = "
                        + entries.getLast().revision());
    }

    void markCompacted(long revision) {
        transaction(
                () -> execute("UPDATE history SET compacted = " + revision),
                "SELECT compacted = " + revision + " FROM history");
    }

    void forget(long[] revisions) {
        transaction(
                () -> {
                    for (long revision : revisions) {
                        delete.setLong(1, revision);
                        delete.addBatch();
                        deleteValue.setLong(1, revision);
                        deleteValue.addBatch();
                    }
                    delete.executeBatch();
                    deleteValue.executeBatch();
                },
                "SELECT count(*) = 0 FROM log WHERE revision = " + revisions[revisions.length - 1]);
    }

    byte @Nullable [] value(long revision) {
        try {
            value.setLong(1, revision);
            try (ResultSet rows = value.executeQuery()) {
                return rows.next() ? rows.getBytes(1) : null;
            }
        } catch (SQLException e) {
            throw SqliteFiles.failure(file, e);
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    /// Does all of the work or nothing.
    ///
    /// @param proof a query that says 1 if it was done
    private void transaction(Work work, String proof) {
        boolean committing = false;
        try {
            if (open) {
                execute("ROLLBACK");
            }
            execute("BEGIN IMMEDIATE");
            open = true;
            work.run();
            committing = true;
            execute("COMMIT");
            open = false;
        } catch (SQLException e) {
            rollBack(e);
            if (!committing || !isThere(proof, e)) {
                throw committing ? failedCommit(e) : SqliteFiles.failure(file, e);
            }
        }
        keepLogSmall();
    }

    private void rollBack(SQLException reason) {
        try {
            insert.clearBatch();
            insertValue.clearBatch();
            delete.clearBatch();
            deleteValue.clearBatch();
            execute("ROLLBACK");
        } catch (SQLException e) {
            // Most often SQLite has rolled back by itself, and says that there is nothing to roll back.
            reason.addSuppressed(e);
        }
        try {
            execute("BEGIN");
            execute("ROLLBACK");
            open = false;
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    /// A commit that reported an error may have been done all the same.
    private boolean isThere(String proof, SQLException reason) {
        try {
            return SqliteSchema.number(connection, proof) == 1;
        } catch (SQLException e) {
            reason.addSuppressed(e);
            throw unknown(reason);
        }
    }

    /// The mark that makes a commit is written last, so if the disk took no more, there is none. But if only its sync
    /// failed, then it may be there, and a restart would find it; unless the write-ahead log is emptied now.
    private StoreFailure failedCommit(SQLException reason) {
        StoreFailure failure = SqliteFiles.failure(file, reason);
        if (failure.reason() == Reason.FULL) {
            return failure;
        }
        try {
            return emptyLog() ? failure : unknown(reason);
        } catch (SQLException e) {
            reason.addSuppressed(e);
            return unknown(reason);
        }
    }

    private StoreFailure unknown(SQLException reason) {
        return new StoreFailure(
                Reason.UNAVAILABLE,
                file + ": the disk failed, and whether the last write is on it is not known: " + reason.getMessage(),
                null,
                reason);
    }

    private void keepLogSmall() {
        if (++commits % LOOK_EVERY != 0) {
            return;
        }
        try {
            if (Files.size(Path.of(file + "-wal")) > largeLog) {
                largeLog = emptyLog() ? LARGE_LOG : largeLog * 2;
            }
        } catch (IOException | SQLException e) {
            // It stays large for now; the next commits look again.
        }
    }

    /// Copies the write-ahead log into the file and cuts it; false if a reader still needs it.
    private boolean emptyLog() throws SQLException {
        return SqliteSchema.number(connection, "PRAGMA wal_checkpoint(TRUNCATE)") == 0;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // What was acknowledged is on the disk; the next start finds it.
        }
    }
}
