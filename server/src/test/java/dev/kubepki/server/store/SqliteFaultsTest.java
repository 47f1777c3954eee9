package dev.kubepki.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kubepki.server.store.FaultyCommits.When;
import dev.kubepki.server.store.StoreFailure.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;

/// What becomes of writes when the disk does not do what it should.
class SqliteFaultsTest {
    private static final byte[] VALUE = "{\"a\":\"one\"}".getBytes(UTF_8);

    @TempDir
    Path folder;

    private final FaultyCommits commits = new FaultyCommits();

    private SqliteStore open(SqliteLog.Opener opener) {
        return SqliteStore.open(folder, new StoreLimits(1000, 1000), SqliteSchema.today(), opener);
    }

    @Test
    void acknowledgesACommitThatWasDoneThoughItReportedAnError() {
        try (SqliteStore store = open(commits)) {
            long first = store.put("/a", VALUE, 0);
            commits.fail(When.AFTER, SQLiteErrorCode.SQLITE_IOERR_FSYNC);
            long second = store.put("/b", VALUE, 0);
            assertThat(second).isEqualTo(first + 1);
            assertThat(store.delete("/a", first)).isEqualTo(second + 1);
            assertThat(store.get("/b")).isPresent();
            assertThat(store.get("/a")).isEmpty();
        }
    }

    @Test
    void reportsACommitThatWasNotDoneAndGoesOnAtTheSameRevision() {
        try (SqliteStore store = open(commits)) {
            Collected heard = new Collected();
            store.watch("/", store.revision(), heard);
            long first = store.put("/a", VALUE, 0);
            for (SQLiteErrorCode code :
                    new SQLiteErrorCode[] {SQLiteErrorCode.SQLITE_FULL, SQLiteErrorCode.SQLITE_IOERR_FSYNC}) {
                commits.fail(When.BEFORE, code);
                StoreFailure failure = catchThrowableOfType(StoreFailure.class, () -> store.put("/b", VALUE, 0));
                boolean full = code == SQLiteErrorCode.SQLITE_FULL;
                assertThat(failure.reason()).isEqualTo(full ? Reason.FULL : Reason.UNAVAILABLE);
                assertThat(failure).hasMessageContaining(store.file().toString());
                assertThat(catchThrowableOfType(StoreFailure.class, () -> store.put("/a", VALUE, 0))
                                .reason())
                        .as("a conflict with what is there needs no disk")
                        .isEqualTo(Reason.CONFLICT);
            }
            assertThat(store.revision()).isEqualTo(first);
            assertThat(store.get("/b")).isEmpty();
            commits.fail(When.NEVER, SQLiteErrorCode.SQLITE_OK);
            assertThat(store.put("/c", VALUE, 0)).isEqualTo(first + 1);
            assertThat(heard.await(2)).extracting(Store.Change::key).containsExactly("/a", "/c");
        }
        try (SqliteStore again = open(SqliteFiles::writer)) {
            assertThat(again.list("/", "", 0, 0).items())
                    .extracting(Store.Stored::key)
                    .containsExactly("/a", "/c");
        }
    }

    @Test
    void readsGoOnWhenTheFileCannotGrowAndWritesWhenItCanAgain() throws SQLException {
        AtomicReference<Connection> connection = new AtomicReference<>();
        SqliteLog.Opener opener = file -> {
            connection.set(SqliteFiles.writer(file));
            return connection.get();
        };
        byte[] large = new byte[10_000];
        try (SqliteStore store = open(opener)) {
            limitPages(connection.get(), 40);
            int written = 0;
            StoreFailure failure = null;
            while (failure == null) {
                failure = tryPut(store, "/" + written, large);
                written += failure == null ? 1 : 0;
                assertThat(written).isLessThan(100);
            }
            assertThat(failure.reason()).isEqualTo(Reason.FULL);
            assertThat(failure).hasMessage(store.file() + ": the disk is full (SQLITE_FULL)");
            long revision = store.revision();
            assertThat(store.count("/")).isEqualTo(written);
            assertThat(store.list("/", "", 0, 0).items()).hasSize(written);
            limitPages(connection.get(), 1000);
            assertThat(store.put("/" + written, large, 0)).isEqualTo(revision + 1);
        }
        try (SqliteStore again = open(SqliteFiles::writer)) {
            for (Store.Stored each : again.list("/", "", 0, 0).items()) {
                assertThat(each.value()).isEqualTo(large);
            }
        }
    }

    /// As root alone: it mounts a small disk that nobody else sees.
    @Test
    void livesThroughAFullDisk() throws Exception {
        String script = "mount --make-rprivate / && mount -t tmpfs -o size=6m none \"$0\" && exec \"$@\"";
        assumeTrue(mounts(), "unshare(1) and mount(8) are not there, or not allowed");
        Process process = Java.running(
                        Starved.class,
                        List.of("unshare", "--mount", "sh", "-c", script, folder.toString()),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("writes until the disk was full");
    }

    private static boolean mounts() throws InterruptedException {
        try {
            return new ProcessBuilder("unshare", "--mount", "mount", "--make-rprivate", "/")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static @Nullable StoreFailure tryPut(Store store, String key, byte[] value) {
        try {
            store.put(key, value, 0);
            return null;
        } catch (StoreFailure e) {
            return e;
        }
    }

    private static void limitPages(Connection connection, int pages) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = " + pages);
        }
    }
}
