package dev.kubepki.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A few connections that read, lent to one caller at a time.
final class SqliteReaders implements AutoCloseable {
    private static final int COUNT = 4;

    private final Path file;
    private final BlockingQueue<Reader> free = new ArrayBlockingQueue<>(COUNT);

    private SqliteReaders(Path file) {
        this.file = file;
    }

    static SqliteReaders open(Path file) throws SQLException {
        SqliteReaders readers = new SqliteReaders(file);
        try {
            while (readers.free.size() < COUNT) {
                readers.free.add(new Reader(SqliteFiles.reader(file)));
            }
            return readers;
        } catch (SQLException e) {
            readers.free.forEach(Reader::close);
            throw e;
        }
    }

    /// What is read.
    interface Reading<T extends @Nullable Object> {
        T from(Reader reader) throws SQLException;
    }

    <T extends @Nullable Object> T read(Reading<T> reading) {
        Reader reader = take();
        try {
            return reading.from(reader);
        } catch (SQLException e) {
            throw SqliteFiles.failure(file, e);
        } finally {
            free.add(reader);
        }
    }

    private Reader take() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return free.take();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Waits for those who read.
    @Override
    public void close() {
        for (int i = 0; i < COUNT; i++) {
            take().close();
        }
    }

    /// One connection.
    static final class Reader {
        /// Larger parts would only wait in memory for a listener.
        private static final int PART_ROWS = 256;

        private static final int PART_BYTES = 1 << 20;

        private final Connection connection;
        private final PreparedStatement value;
        private final PreparedStatement changes;

        Reader(Connection connection) throws SQLException {
            this.connection = connection;
            value = connection.prepareStatement("SELECT bytes FROM value WHERE revision = ?");
            changes = connection.prepareStatement("""
                    SELECT log.revision, log.key, log.previous, made.bytes, before.bytes
                    FROM log
                      LEFT JOIN value AS made ON made.revision = log.revision
                      LEFT JOIN value AS before ON before.revision = log.previous
                    WHERE log.revision > ?1 AND log.revision <= ?2
                      AND log.key >= CAST(?3 AS TEXT) AND (?4 IS NULL OR log.key < CAST(?4 AS TEXT))
                    ORDER BY log.revision""");
        }

        byte @Nullable [] value(long revision) throws SQLException {
            value.setLong(1, revision);
            try (ResultSet rows = value.executeQuery()) {
                return rows.next() ? rows.getBytes(1) : null;
            }
        }

        long changes(long after, long upTo, KeyRange range, Consumer<Store.Change> consumer) throws SQLException {
            changes.setLong(1, after);
            changes.setLong(2, upTo);
            changes.setBytes(3, range.low());
            changes.setBytes(4, range.high());
            try (ResultSet rows = changes.executeQuery()) {
                int bytes = 0;
                for (int i = 0; rows.next(); i++) {
                    if (i == PART_ROWS || bytes > PART_BYTES) {
                        return after;
                    }
                    after = rows.getLong(1);
                    Optional<byte[]> made = Optional.ofNullable(rows.getBytes(4));
                    Optional<byte[]> before = Optional.ofNullable(rows.getBytes(5));
                    bytes += made.map(each -> each.length).orElse(0)
                            + before.map(each -> each.length).orElse(0);
                    consumer.accept(new Store.Change(rows.getString(2), after, made, before, rows.getLong(3)));
                }
                return upTo;
            }
        }

        void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                // It only read.
            }
        }
    }
}
