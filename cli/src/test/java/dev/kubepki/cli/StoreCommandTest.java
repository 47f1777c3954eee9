package dev.kubepki.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.cli.frame.Session;
import dev.kubepki.server.store.SqliteStore;
import dev.kubepki.server.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCommandTest {
    @TempDir
    Path folder;

    private final Session session = new Session(Commands.table());

    @BeforeEach
    void makeStore() {
        try (Store store = SqliteStore.open(data())) {
            long first = store.put("/registry/secrets/default/a", "{\"a\":1}".getBytes(UTF_8), 0);
            store.put("/registry/secrets/default/a", "{\"a\":2}".getBytes(UTF_8), first);
            store.put("/registry/secrets/default/b", "{}".getBytes(UTF_8), 0);
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void makeWorse() {
        try (Store store = SqliteStore.open(data())) {
            store.put("/registry/secrets/default/c", "no JSON".getBytes(UTF_8), 0);
        }
    }

    @Test
    void checksASoundStore() {
        assertThat(session.run("store", "check", "--data", data().toString())).isZero();
        assertThat(session.out())
                .startsWith(data() + "/store.db: 2 objects, 3 writes kept, revision 4, history since 0, ")
                .endsWith("bytes: sound\n");
    }

    @Test
    void namesWhatIsWrongAndEndsWithThree() {
        makeWorse();
        assertThat(session.run("store", "check", "--data", data().toString())).isEqualTo(3);
        assertThat(session.out())
                .contains("json    the value of '/registry/secrets/default/c' at revision 5 is not JSON\n")
                .endsWith("bytes: damaged\n");
    }

    @Test
    void reportsAsJson() {
        makeWorse();
        assertThat(session.run("store", "check", "--data", data().toString(), "-o", "json"))
                .isEqualTo(3);
        assertThat(session.out())
                .contains("\"kind\": \"StoreReport\"", "\"objects\": 3", "\"revision\": 5", "\"check\": \"json\"");
    }

    @Test
    void backsUpAndRestores() {
        Path copy = folder.resolve("copy.db");
        assertThat(session.run("store", "backup", "--data", data().toString(), "--to", copy.toString()))
                .isZero();
        assertThat(session.out()).startsWith(copy + ": 2 objects, ");
        assertThat(session.run("store", "check", copy.toString())).isZero();
        assertThat(session.run("store", "restore", copy.toString(), "--data", data().toString()))
                .isEqualTo(1);
        assertThat(session.err()).contains(data() + " holds a store already: move it away, or name another folder");
        Path other = folder.resolve("other");
        assertThat(session.run("store", "restore", copy.toString(), "--data", other.toString()))
                .isZero();
        try (Store store = SqliteStore.open(other)) {
            assertThat(store.get("/registry/secrets/default/a").orElseThrow().value())
                    .asString(UTF_8)
                    .isEqualTo("{\"a\":2}");
        }
    }

    @Test
    void compactsAStoreThatNoServerHas() {
        assertThat(session.run("store", "compact", "--data", data().toString())).isZero();
        assertThat(session.out()).contains("2 objects, 2 writes kept, revision 4, history since 4");
        try (Store store = SqliteStore.open(data())) {
            assertThat(session.run("store", "compact", "--data", data().toString()))
                    .isEqualTo(1);
            assertThat(session.err()).contains("the data folder can't be used");
            assertThat(store.count("")).isEqualTo(2);
        }
    }

    @Test
    void asksForAFolderOrABackup() {
        assertThat(session.run("store", "check")).isEqualTo(2);
        assertThat(session.run("store", "check", "x.db", "--data", data().toString()))
                .isEqualTo(2);
        assertThat(session.err()).contains("name a backup or give --data, not both");
        assertThat(session.run("store", "check", folder.resolve("none").toString()))
                .isEqualTo(1);
        assertThat(session.err()).contains("none is not there, or no file");
    }
}
