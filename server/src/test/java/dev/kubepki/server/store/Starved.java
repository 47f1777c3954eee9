package dev.kubepki.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.server.store.StoreFailure.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process whose disk becomes full and has room again; it ends with 0 if the store did what it should.
final class Starved {
    private static final byte[] VALUE = ("{\"x\":\"" + "x".repeat(20_000) + "\"}").getBytes(StandardCharsets.US_ASCII);

    private Starved() {}

    /// Arguments: a folder on a small disk.
    public static void main(String[] arguments) throws Exception {
        Path disk = Path.of(arguments[0]);
        Path ballast = Files.write(disk.resolve("ballast"), new byte[2 << 20]);
        int written = 0;
        try (SqliteStore store = SqliteStore.open(disk.resolve("data"))) {
            StoreFailure failure = null;
            while (failure == null) {
                try {
                    store.put("/r/" + written, VALUE, 0);
                    written++;
                } catch (StoreFailure e) {
                    failure = e;
                }
            }
            assertThat(failure.reason()).as("%s", failure).isEqualTo(Reason.FULL);
            assertThat(store.count("/r/")).isEqualTo(written);
            assertThat(store.list("/r/", "", 0, 0).items()).hasSize(written);
            long revision = store.revision();
            Files.delete(ballast);
            assertThat(store.put("/r/" + written, VALUE, 0)).isEqualTo(revision + 1);
        }
        StoreCheck check = StoreFiles.check(disk.resolve("data"));
        assertThat(check.findings()).isEmpty();
        assertThat(check.keys()).isEqualTo(written + 1);
        System.out.println(written + " writes until the disk was full");
    }
}
