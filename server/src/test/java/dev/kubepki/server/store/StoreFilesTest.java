package dev.kubepki.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kubepki.server.store.Store.Stored;
import dev.kubepki.server.store.StoreCheck.Check;
import dev.kubepki.server.store.StoreFailure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class StoreFilesTest {
    @TempDir
    Path folder;

    private static byte[] json(int i) {
        return ("{\"n\":" + i + "}").getBytes(UTF_8);
    }

    private Path data() {
        return folder.resolve("data");
    }

    /// Ten keys, of which one is changed and one removed.
    private static void fill(Store store) {
        for (int i = 0; i < 10; i++) {
            store.put("/r/" + i, json(i), 0);
        }
        store.put("/r/3", json(33), store.get("/r/3").orElseThrow().revision());
        store.delete("/r/4", store.get("/r/4").orElseThrow().revision());
    }

    private void make() {
        try (Store store = SqliteStore.open(data())) {
            fill(store);
        }
    }

    private static List<String> items(Store store) {
        return store.list("", "", 0, 0).items().stream()
                .map(each -> each.key() + "=" + new String(each.value(), UTF_8) + "@" + each.revision())
                .toList();
    }

    private static StoreFailure failure(Runnable call) {
        return catchThrowableOfType(StoreFailure.class, call::run);
    }

    @Test
    void isForItsOwnerAlone() throws IOException {
        try (Store store = SqliteStore.open(data())) {
            fill(store);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data())))
                    .isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(data())) {
                assertThat(files.filter(Files::isRegularFile))
                        .hasSize(3)
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .as("%s", file)
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void opensOnceAtATime() {
        try (Store store = SqliteStore.open(data())) {
            StoreFailure failure = failure(() -> SqliteStore.open(data()));
            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(store.put("/a", json(1), 0)).isPositive();
        }
        SqliteStore.open(data()).close();
    }

    @Test
    void refusesAStoreOfANewerVersionByName() throws SQLException {
        make();
        sql(data().resolve("store.db"), "PRAGMA user_version = 99");
        for (Runnable call : List.<Runnable>of(
                () -> SqliteStore.open(data()),
                () -> StoreFiles.check(data()),
                () -> StoreFiles.backup(data(), folder.resolve("copy")))) {
            assertThat(failure(call))
                    .hasMessageContaining("store.db was written by a newer version of kubepki: its form is 99");
        }
    }

    @Test
    void refusesTheDatabaseOfAnotherProgram() throws SQLException, IOException {
        Files.createDirectories(data());
        sql(data().resolve("store.db"), "CREATE TABLE other (a)");
        assertThat(failure(() -> SqliteStore.open(data()))).hasMessageContaining("a database of another program");
    }

    @Test
    void bringsAnOlderFormToTodays() {
        SqliteSchema today = SqliteSchema.today();
        SqliteSchema next = new SqliteSchema(
                Stream.concat(today.steps().stream(), Stream.of(List.of("CREATE TABLE more (a INTEGER) STRICT")))
                        .toList());
        make();
        List<String> before;
        try (Store store = SqliteStore.open(data())) {
            before = items(store);
        }
        for (int i = 0; i < 2; i++) {
            try (Store store = SqliteStore.open(data(), StoreLimits.standard(), next, SqliteFiles::writer)) {
                assertThat(items(store)).isEqualTo(before);
            }
        }
        assertThat(failure(() -> SqliteStore.open(data()))).hasMessageContaining("its form is 2");
    }

    @Test
    void finishesACompactionThatWasInterrupted() throws SQLException {
        make();
        sql(data().resolve("store.db"), "UPDATE history SET compacted = (SELECT max(revision) FROM log)");
        try (SqliteStore store = SqliteStore.open(data())) {
            assertThat(store.count("")).isEqualTo(9);
            assertThat(store.compactedRevision()).isEqualTo(store.revision());
            store.compact(store.revision());
        }
        StoreCheck check = StoreFiles.check(data());
        assertThat(check.findings()).isEmpty();
        assertThat(check.writes()).isEqualTo(9);
    }

    @Test
    void backsUpWhileItIsWrittenAndRestores() throws Exception {
        Path copy = folder.resolve("copy.db");
        long moment;
        List<String> then;
        try (SqliteStore store = SqliteStore.open(data())) {
            fill(store);
            Thread writer = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 300; i++) {
                    store.put("/more/" + i, json(i), 0);
                }
            });
            StoreCheck check = store.backup(copy);
            writer.join();
            assertThat(check.findings()).isEmpty();
            assertThat(check.file()).isEqualTo(copy);
            moment = check.revision();
            then = items(new At(store, moment));
            assertThat(check.keys()).isEqualTo(then.size());
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        StoreCheck restored = StoreFiles.restore(copy, folder.resolve("other"));
        assertThat(restored.findings()).isEmpty();
        try (Store store = SqliteStore.open(folder.resolve("other"))) {
            assertThat(items(store)).isEqualTo(then);
            assertThat(store.revision()).isEqualTo(restored.revision()).isGreaterThan(moment + 1_000_000);
            assertThat(failure(() -> store.watch("", moment, new Collected())).reason())
                    .as("who watched before must list again")
                    .isEqualTo(Reason.COMPACTED);
            assertThat(store.put("/new", json(1), 0)).isEqualTo(restored.revision() + 1);
        }
        assertThat(StoreFiles.check(folder.resolve("other")).findings()).isEmpty();
    }

    /// A store as it was.
    private static final class At extends Broken {
        private final long moment;

        At(Store store, long moment) {
            super(store);
            this.moment = moment;
        }

        @Override
        public Page list(String prefix, String from, int limit, long revision) {
            return super.list(prefix, from, limit, moment);
        }
    }

    @Test
    void replacesNoBackupAndNoStore() {
        make();
        Path copy = folder.resolve("copy.db");
        StoreFiles.backup(data(), copy);
        assertThat(failure(() -> StoreFiles.backup(data(), copy))).hasMessageContaining("exists already");
        assertThat(failure(() -> StoreFiles.restore(copy, data()))).hasMessageContaining("holds a store already");
        assertThat(failure(() -> StoreFiles.backup(folder.resolve("none"), folder.resolve("x"))))
                .hasMessageContaining("there is no store in");
        assertThat(failure(() -> StoreFiles.check(folder.resolve("none")))).hasMessageContaining("is not there");
    }

    @Test
    void refusesToRestoreADamagedBackup() throws IOException {
        make();
        Path copy = folder.resolve("copy.db");
        StoreFiles.backup(data(), copy);
        byte[] bytes = Files.readAllBytes(copy);
        java.util.Arrays.fill(bytes, 16384, 20000, (byte) 7);
        Files.write(copy, bytes);
        StoreFailure failure = failure(() -> StoreFiles.restore(copy, folder.resolve("other")));
        assertThat(failure.reason()).isEqualTo(Reason.CORRUPT);
        assertThat(folder.resolve("other/store.db")).doesNotExist();
        Files.write(copy, "no database".repeat(1000).getBytes(UTF_8));
        assertThat(failure(() -> StoreFiles.restore(copy, folder.resolve("other")))
                        .reason())
                .isEqualTo(Reason.CORRUPT);
    }

    @Test
    void compactsTheWholeFileUnlessAServerHasIt() {
        try (Store store = SqliteStore.open(data())) {
            fill(store);
            long last = 0;
            for (int i = 0; i < 500; i++) {
                last = store.put("/large", ("{\"x\":\"" + "x".repeat(3000) + "\"}").getBytes(UTF_8), last);
            }
            assertThat(failure(() -> StoreFiles.compact(data()))).hasMessageContaining("can't be used");
        }
        StoreFiles.Compaction done = StoreFiles.compact(data());
        assertThat(done.check().findings()).isEmpty();
        assertThat(done.check().writes()).isEqualTo(10);
        assertThat(done.check().bytes()).isLessThan(done.bytesBefore() / 5);
        try (Store store = SqliteStore.open(data())) {
            assertThat(store.list("", "", 0, 0).items()).extracting(Stored::key).hasSize(10);
            assertThat(store.revision()).isEqualTo(RevisionLog.FIRST + 512);
        }
    }

    @TestFactory
    Stream<DynamicTest> checkFinds() {
        Map<String, Check> damages = Map.of(
                "DELETE FROM log WHERE revision = 5", Check.SEQUENCE,
                "UPDATE log SET previous = 3 WHERE revision = 12", Check.CHAIN,
                "UPDATE log SET previous = 0 WHERE revision = 13", Check.CHAIN,
                "DELETE FROM value WHERE revision = 7", Check.VALUES,
                "UPDATE log SET deleted = 1 WHERE revision = 7", Check.VALUES,
                "INSERT INTO value VALUES (99, x'7b7d')", Check.VALUES,
                "UPDATE value SET bytes = CAST('{\"n\":' AS BLOB) WHERE revision = 7", Check.JSON,
                "INSERT INTO history VALUES (3)", Check.FORM);
        return damages.entrySet().stream()
                .map(damage -> DynamicTest.dynamicTest(damage.getKey(), () -> {
                    Path place = folder.resolve(
                            "data-" + Integer.toHexString(damage.getKey().hashCode()));
                    try (Store store = SqliteStore.open(place)) {
                        fill(store);
                        assertThat(StoreFiles.check(place).findings()).isEmpty();
                    }
                    sql(place.resolve("store.db"), damage.getKey());
                    assertThat(StoreFiles.check(place).findings())
                            .extracting(StoreCheck.Finding::check)
                            .contains(damage.getValue());
                }));
    }

    private static void sql(Path file, String sql) throws SQLException {
        try (Connection connection = SqliteFiles.plain(file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
