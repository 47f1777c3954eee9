package dev.kubepki.pki.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.pki.files.ModelDisk.Loss;
import dev.kubepki.pki.files.SteppedOperations.Killed;
import dev.kubepki.pki.files.SteppedOperations.Strike;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurableFilesTest {
    @TempDir
    private Path folder;

    private final DurableFiles files = new DurableFiles(FileOperations.disk());

    @Test
    void replacesContentAndMode() throws IOException {
        Path file = folder.resolve("admin.conf");
        files.write(file, bytes("old"), FileMode.WORLD_READABLE);
        files.write(file, bytes("new"), FileMode.OWNER_ONLY);
        assertThat(files.read(file)).isEqualTo(bytes("new"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(FileOperations.disk().list(folder)).containsExactly("admin.conf");
    }

    @Test
    void neverWritesThroughASymbolicLink() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside"), "untouched");
        Path link = Files.createSymbolicLink(folder.resolve("link"), outside);
        assertThatThrownBy(() -> files.write(link, bytes("new"), FileMode.OWNER_ONLY))
                .isInstanceOf(FileFailure.class)
                .hasMessageContaining("link: a symbolic link is in the way")
                .hasMessageContaining("nothing was changed");
        assertThat(outside).hasContent("untouched");
    }

    @Test
    void namesAMissingFileAndAFolder() {
        assertThatThrownBy(() -> files.read(folder.resolve("none"))).hasMessageContaining("none: it does not exist");
        assertThatThrownBy(() -> files.read(folder)).hasMessageContaining("a folder stands where a file is needed");
    }

    /// Whoever opens a pipe waits for its writer; a device may never end.
    @Test
    void refusesToReadAPipeOrADevice() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path link = Files.createSymbolicLink(folder.resolve("client.key"), pipe);
        for (Path path : List.of(pipe, link, Path.of("/dev/zero"))) {
            assertThatThrownBy(() -> files.read(path))
                    .isInstanceOf(FileFailure.class)
                    .hasMessage(path + ": it is neither a file nor a folder; put a file there");
        }
    }

    @Test
    void keepsOneOfTheTwoContentsWhereverItIsStopped() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        boolean killed = true;
        for (int at = 1; killed; at++) {
            for (Loss loss : Loss.values()) {
                ModelDisk disk = new ModelDisk();
                new DurableFiles(disk).write(Path.of("/file"), bytes("old"), FileMode.OWNER_ONLY);
                killed = killedWrite(disk, at);
                disk.crash(loss, random);
                assertThat(new String(new DurableFiles(disk).read(Path.of("/file")), UTF_8))
                        .as("step " + at + ", " + loss + ", seed " + seed)
                        .isIn(killed ? List.of("old", "new") : List.of("new"));
            }
        }
    }

    private static boolean killedWrite(ModelDisk disk, int at) {
        try {
            new DurableFiles(new SteppedOperations(disk, at, Strike.KILL))
                    .write(Path.of("/file"), bytes("new"), FileMode.OWNER_ONLY);
            return false;
        } catch (Killed e) {
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "No space left on device, there is no space left on the disk",
        "Disk quota exceeded, there is no space left on the disk",
        "Read-only file system, the file system is read-only",
        "File name too long, the path is too long",
        "Operation not permitted, permission is denied",
        "Input/output error, the disk reports an error (Input/output error)",
    })
    void saysInOneSentenceWhatTheSystemSaid(String system, String sentence) {
        assertSays(new FileSystemException("x", null, system), sentence);
        assertSays(new IOException(system), sentence);
    }

    @Test
    void saysWhoMayWriteWherePermissionIsDenied() {
        assertSays(new AccessDeniedException("x"), "permission is denied");
    }

    private void assertSays(IOException cause, String sentence) {
        FileOperations failing = new FilteredOperations(FileOperations.disk()) {
            @Override
            public NewFile create(Path path, FileMode mode) throws IOException {
                throw cause;
            }
        };
        Path file = folder.resolve("ca.key");
        assertThatThrownBy(() -> new DurableFiles(failing).write(file, bytes("x"), FileMode.OWNER_ONLY))
                .isInstanceOf(FileFailure.class)
                .hasMessageStartingWith(file + ": " + sentence)
                .hasMessageContaining("nothing was changed");
        assertThat(folder).isEmptyDirectory();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
