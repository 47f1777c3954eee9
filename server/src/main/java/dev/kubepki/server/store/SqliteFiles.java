package dev.kubepki.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.jdbc4.JDBC4Connection;

/// Opens database files, and says in words of this program what SQLite says of them.
final class SqliteFiles {
    /// Rows are larger than SQLite's usual 4 KiB: in small pages a third of the file would be empty.
    private static final int PAGE = 16384;

    /// Each commit carries its checkpoint's share: larger ones would make one caller in many wait long.
    private static final int CHECKPOINT_PAGES = 250;

    /// The log is cut to this size after a checkpoint, should a long read have let it grow.
    private static final int LOG_BYTES = 16 << 20;

    private static final int BUSY_MILLIS = 5000;

    private SqliteFiles() {}

    /// The connection that writes.
    static Connection writer(Path file) throws SQLException {
        Connection connection = open(file);
        return prepared(
                connection,
                List.of(
                        "PRAGMA page_size = " + PAGE,
                        "PRAGMA journal_mode = WAL",
                        "PRAGMA synchronous = FULL",
                        "PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES,
                        "PRAGMA journal_size_limit = " + LOG_BYTES,
                        "PRAGMA cell_size_check = ON",
                        "PRAGMA temp_store = MEMORY",
                        "PRAGMA cache_size = -4096"));
    }

    /// A connection that only reads.
    static Connection reader(Path file) throws SQLException {
        return prepared(open(file), List.of("PRAGMA query_only = ON", "PRAGMA cache_size = -1024"));
    }

    /// A connection for a visitor, who changes nothing that he does not name.
    static Connection plain(Path file) throws SQLException {
        return prepared(open(file), List.of("PRAGMA cache_size = -8192", "PRAGMA temp_store = MEMORY"));
    }

    private static Connection prepared(Connection connection, List<String> pragmas) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String pragma : pragmas) {
                statement.execute(pragma);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static Connection open(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setGetGeneratedKeys(false);
        return new JDBC4Connection("jdbc:sqlite:" + file, file.toString(), config.toProperties());
    }

    static StoreFailure failure(Path file, SQLException reason) {
        SQLiteErrorCode code =
                reason instanceof SQLiteException known ? known.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        return SqliteReason.failure(file, code, reason);
    }
}
