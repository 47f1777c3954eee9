package dev.kubepki.server.store;

import dev.kubepki.server.store.StoreCheck.Check;
import dev.kubepki.server.store.StoreCheck.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Looks whether a file keeps what a store promises. All is read in one transaction, so a server may go on writing.
final class SqliteCheck {
    /// More of one kind say nothing more.
    private static final int MOST_OF_A_KIND = 20;

    private final Path file;
    private final SqliteSchema schema;
    private final List<Finding> findings = new ArrayList<>();

    private SqliteCheck(Path file, SqliteSchema schema) {
        this.file = file;
        this.schema = schema;
    }

    /// @throws StoreFailure if there is no file, or it can't be read at all
    static StoreCheck of(Path file, SqliteSchema schema) {
        return new SqliteCheck(file, schema).run();
    }

    private StoreCheck run() {
        try (Connection connection = SqliteFiles.plain(file)) {
            long[] figures = new long[4];
            try {
                look(connection, figures);
            } catch (SQLException e) {
                found(Check.FILE, String.valueOf(SqliteFiles.failure(file, e).getMessage()));
            }
            return new StoreCheck(
                    file, figures[0], figures[1], figures[2], figures[3], Files.size(file), List.copyOf(findings));
        } catch (SQLException e) {
            throw SqliteFiles.failure(file, e);
        } catch (IOException e) {
            throw StoreFolder.failure(file, e);
        }
    }

    private void look(Connection connection, long[] figures) throws SQLException {
        execute(connection, "BEGIN");
        lookAtFile(connection);
        int version = schema.check(connection, file);
        if (version != schema.steps().size()) {
            found(
                    Check.FORM,
                    "its form is " + version + "; the next start brings it to "
                            + schema.steps().size());
            return;
        }
        if (SqliteSchema.number(connection, "SELECT count(*) FROM history") != 1) {
            found(Check.FORM, "where history begins is not written exactly once");
        }
        long compacted = SqliteSchema.number(connection, "SELECT max(compacted) FROM history");
        lookAtSequence(connection, compacted);
        lookAtChains(connection, compacted);
        lookAtValues(connection);
        lookAtJson(connection);
        figures[0] = Math.max(
                RevisionLog.FIRST,
                Math.max(compacted, SqliteSchema.number(connection, "SELECT max(revision) FROM log")));
        figures[1] = compacted;
        figures[2] = SqliteSchema.number(connection, """
                SELECT count(*) FROM (SELECT max(revision), deleted FROM log GROUP BY key) WHERE deleted = 0""");
        figures[3] = SqliteSchema.number(connection, "SELECT count(*) FROM log");
    }

    private void found(Check check, String what) {
        if (findings.stream().filter(each -> each.check() == check).count() < MOST_OF_A_KIND) {
            findings.add(new Finding(check, what));
        }
    }

    private interface Row {
        void look(ResultSet row) throws SQLException;
    }

    private static void each(Connection connection, String sql, Row row) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                row.look(rows);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void lookAtFile(Connection connection) throws SQLException {
        each(connection, "PRAGMA integrity_check(" + MOST_OF_A_KIND + ")", row -> {
            if (!row.getString(1).equals("ok")) {
                found(Check.FILE, row.getString(1));
            }
        });
    }

    private void lookAtSequence(Connection connection, long compacted) throws SQLException {
        long[] next = {Math.max(RevisionLog.FIRST, compacted) + 1};
        each(connection, "SELECT revision FROM log WHERE revision > " + compacted + " ORDER BY revision", row -> {
            long revision = row.getLong(1);
            if (revision != next[0]) {
                found(Check.SEQUENCE, "revisions " + next[0] + " to " + (revision - 1) + " are missing");
            }
            next[0] = revision + 1;
        });
    }

    /// What was written before history begins may name a write that is forgotten.
    private void lookAtChains(Connection connection, long compacted) throws SQLException {
        String[] key = {""};
        long[] live = {0};
        each(connection, "SELECT key, revision, previous, deleted FROM log ORDER BY key, revision", row -> {
            String next = row.getString(1);
            long before = next.equals(key[0]) ? live[0] : 0;
            long revision = row.getLong(2);
            long previous = row.getLong(3);
            boolean removes = row.getInt(4) != 0;
            if (revision > compacted && previous != before) {
                found(
                        Check.CHAIN,
                        "revision " + revision + " of '" + next + "' replaces " + previous + ", and " + before
                                + " was there");
            } else if (revision > compacted && removes && previous == 0) {
                found(Check.CHAIN, "revision " + revision + " removes '" + next + "', which was not there");
            }
            key[0] = next;
            live[0] = removes ? 0 : revision;
        });
    }

    private void lookAtValues(Connection connection) throws SQLException {
        each(
                connection,
                """
                SELECT revision FROM log LEFT JOIN value USING (revision)
                WHERE (bytes IS NULL) <> (deleted <> 0) ORDER BY revision LIMIT 20""",
                row -> found(
                        Check.VALUES, "revision " + row.getLong(1) + " has no value, or is a removal that has one"));
        each(
                connection,
                "SELECT revision FROM value WHERE revision NOT IN (SELECT revision FROM log) LIMIT 20",
                row -> found(Check.VALUES, "there is a value of revision " + row.getLong(1) + ", and no such write"));
    }

    private void lookAtJson(Connection connection) throws SQLException {
        each(
                connection,
                """
                SELECT key, revision FROM log JOIN value USING (revision)
                WHERE NOT json_valid(CAST(bytes AS TEXT)) ORDER BY revision LIMIT 20""",
                row -> found(
                        Check.JSON,
                        "the value of '" + row.getString(1) + "' at revision " + row.getLong(2) + " is not JSON"));
    }
}
