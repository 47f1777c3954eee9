package dev.kubepki.server.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
    @TempDir
    Path folder;

    @Override
    Store open() {
        return SqliteStore.open(folder.resolve("data"), new StoreLimits(1000, 1000));
    }

    @Override
    Store reopen(Store before) {
        before.close();
        return open();
    }
}
