package dev.kubepki.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A killed process loses nothing that the system has, synced or not; so that each acknowledged write was synced is
/// seen by watching the calls to the system.
class StoreSyncTest {
    private static final int WRITES = 200;

    @TempDir
    Path folder;

    @Test
    void writesWithFullSyncs() throws SQLException {
        try (Connection connection = SqliteFiles.writer(folder.resolve("store.db"))) {
            assertThat(text(connection, "PRAGMA journal_mode")).isEqualTo("wal");
            assertThat(text(connection, "PRAGMA synchronous")).as("2 is FULL").isEqualTo("2");
            assertThat(text(connection, "PRAGMA wal_autocheckpoint")).isEqualTo("250");
            assertThat(text(connection, "PRAGMA page_size")).isEqualTo("16384");
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void syncsTheLogBeforeEachAcknowledgement() throws Exception {
        assertThat(unsynced("FULL")).isZero();
    }

    @Test
    void seesWhenSyncsAreMissing() throws Exception {
        assertThat(unsynced("NORMAL")).isGreaterThan(WRITES * 3 / 4);
    }

    /// How many of the acknowledgements of one caller had no sync of the log between themselves and the one before.
    private int unsynced(String level) throws IOException, InterruptedException {
        Path trace = folder.resolve("trace");
        List<String> strace =
                List.of("strace", "-f", "-y", "-e", "trace=fdatasync,fsync,write", "-o", trace.toString());
        assumeTrue(isThere(), "strace(1) is not there, or may not trace");
        Process process = Java.running(
                        Victim.class, strace, folder.resolve("data").toString(), "1", String.valueOf(WRITES), level)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        int unsynced = 0;
        int acknowledged = 0;
        boolean synced = false;
        for (String line : Files.readAllLines(trace)) {
            if (line.contains("store.db-wal>") && line.contains("sync(") && line.endsWith("= 0")) {
                synced = true;
            } else if (line.contains("sync resumed>") && line.endsWith("= 0")) {
                synced = true;
            } else if (line.contains("write(1<") && line.contains("\"done ")) {
                acknowledged++;
                unsynced += synced ? 0 : 1;
                synced = false;
            }
        }
        assertThat(acknowledged).isEqualTo(WRITES);
        return unsynced;
    }

    private static boolean isThere() {
        try {
            Process process = new ProcessBuilder("strace", "-e", "trace=none", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
