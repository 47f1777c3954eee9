package dev.kubepki.pki.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
    @TempDir
    private Path root;

    @Test
    void refusesASecondUserInThisProcessAndStillHoldsAfterwards() throws Exception {
        FileRoots roots = FileRoots.of(root);
        try (DirectoryLock lock = DirectoryLock.acquire(roots)) {
            assertThatThrownBy(() -> DirectoryLock.acquire(roots))
                    .isInstanceOf(FileFailure.class)
                    .hasMessageContaining("another kubepki is writing here")
                    .hasMessageContaining(".kubepki/lock");
            assertThat(tryInAnotherProcess())
                    .as("a refused attempt must not take the lock away from its holder: " + lock.files())
                    .contains("another kubepki is writing here")
                    .contains("process " + ProcessHandle.current().pid())
                    .contains("nothing was changed");
        }
        assertThat(tryInAnotherProcess()).isEqualTo("taken");
        DirectoryLock.acquire(roots).close();
    }

    @Test
    void refusesASecondUserThroughAnotherNameOfTheFolder() throws IOException {
        Path link = Files.createSymbolicLink(root.resolveSibling(root.getFileName() + "-link"), root);
        try (DirectoryLock lock = DirectoryLock.acquire(FileRoots.of(root))) {
            assertThatThrownBy(() -> DirectoryLock.acquire(FileRoots.of(link)))
                    .as("held: " + lock.files())
                    .isInstanceOf(FileFailure.class);
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void givesBackWhatItTookWhenAnotherRootIsBusy() {
        Path first = root.resolve("a");
        Path second = root.resolve("b");
        try (DirectoryLock lock = DirectoryLock.acquire(FileRoots.of(second))) {
            assertThatThrownBy(() -> DirectoryLock.acquire(FileRoots.of(first, second)))
                    .as("held: " + lock.files())
                    .isInstanceOf(FileFailure.class)
                    .hasMessageContaining("b/.kubepki/lock");
        }
        DirectoryLock.acquire(FileRoots.of(first)).close();
    }

    @Test
    void refusesAFileWhereTheFolderShouldBe() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "");
        assertThatThrownBy(() -> DirectoryLock.acquire(FileRoots.of(file)))
                .isInstanceOf(FileFailure.class)
                .hasMessageContaining("a file stands where a folder is needed");
    }

    @Test
    void refusesASymbolicLinkInPlaceOfItsRecords() throws IOException {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Path set = Files.createDirectory(root.resolve("set"));
        Files.createSymbolicLink(set.resolve(".kubepki"), elsewhere);
        assertThatThrownBy(() -> DirectoryLock.acquire(FileRoots.of(set)))
                .isInstanceOf(FileFailure.class)
                .hasMessageContaining("set/.kubepki: a symbolic link is in the way");
        assertThat(elsewhere).isEmptyDirectory();
    }

    private String tryInAnotherProcess() throws IOException {
        Process program = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Attempt.class.getName(),
                        root.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = program.inputReader(UTF_8)) {
            return String.valueOf(output.readLine());
        } finally {
            // It holds the lock until it has ended.
            program.onExit().join();
        }
    }

    /// Tries to take the lock of the folder named first, and says how it went.
    static final class Attempt {
        private Attempt() {}

        public static void main(String[] arguments) {
            try (DirectoryLock lock = DirectoryLock.acquire(FileRoots.of(Path.of(arguments[0])))) {
                System.out.println(lock.files().isEmpty() ? "nothing" : "taken");
            } catch (FileFailure e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
