package dev.kubepki.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The tables, as the steps that lead from an empty file to today's form. A file remembers how many were taken.
///
/// @param steps what each takes, in order; a step that was released never changes
record SqliteSchema(List<List<String>> steps) {
    /// Marks a file as a store of this program; "kpki" in ASCII.
    static final int APPLICATION_ID = 0x6b706b69;

    /// Both tables only grow at their ends, so a commit touches few pages however the keys are spread; and a start
    /// reads
    /// the small one alone.
    static SqliteSchema today() {
        return new SqliteSchema(List.of(List.of(
                """
                CREATE TABLE log (
                  revision INTEGER PRIMARY KEY,
                  key TEXT NOT NULL,
                  previous INTEGER NOT NULL,
                  deleted INTEGER NOT NULL
                ) STRICT""",
                "CREATE TABLE value (revision INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
                "CREATE TABLE history (compacted INTEGER NOT NULL) STRICT",
                "INSERT INTO history VALUES (0)")));
    }

    /// Brings a file to today's form.
    ///
    /// @throws StoreFailure if the file is something else, or of a newer form
    void apply(Connection connection, Path file) throws SQLException {
        int version = check(connection, file);
        if (version == steps.size()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (List<String> step : steps.subList(version, steps.size())) {
                for (String sql : step) {
                    statement.execute(sql);
                }
            }
            statement.execute("PRAGMA application_id = " + APPLICATION_ID);
            statement.execute("PRAGMA user_version = " + steps.size());
            statement.execute("COMMIT");
        }
    }

    /// The form that a file has: how many steps were taken.
    int check(Connection connection, Path file) throws SQLException {
        long version = number(connection, "PRAGMA user_version");
        long application = number(connection, "PRAGMA application_id");
        boolean isEmpty = number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (application != APPLICATION_ID && !isEmpty) {
            throw new StoreFailure(StoreFailure.Reason.CORRUPT, file + " is a database of another program");
        }
        if (version > steps.size()) {
            throw new StoreFailure(
                    StoreFailure.Reason.UNAVAILABLE,
                    file + " was written by a newer version of kubepki: its form is " + version
                            + ", and this one reads forms up to " + steps.size());
        }
        return Math.toIntExact(version);
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
