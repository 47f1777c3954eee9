package dev.kubepki.pki.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.pki.files.SteppedOperations.Killed;
import dev.kubepki.pki.files.SteppedOperations.Strike;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileViewTest {
    @TempDir
    private Path root;

    @Test
    void isNoLongerCurrentOnceAChangeCameBetween() {
        write("first");
        FileView view = view();
        assertThat(view.isCurrent()).isTrue();
        write("second");
        assertThat(view.isCurrent()).isFalse();
        assertThat(view().isCurrent()).isTrue();
    }

    @Test
    void showsADecidedChangeAsFinishedAndWritesNothing() throws IOException {
        Files.writeString(root.resolve("gone.crt"), "old");
        killAfterTheDecision();
        FileView view = view();
        assertThat(view.pending()).isTrue();
        assertThat(view.list(root)).containsExactly("pki");
        assertThat(view.list(root.resolve("pki"))).containsExactly("ca.key");
        assertThat(view.read(root.resolve("pki/ca.key"))).isEqualTo("key".getBytes(UTF_8));
        assertThat(view.inspect(root.resolve("pki/ca.key")).orElseThrow().mode())
                .isEqualTo(FileMode.OWNER_ONLY);
        assertThatThrownBy(() -> view.read(root.resolve("gone.crt"))).hasMessageContaining("it does not exist");
        assertThat(root.resolve("pki")).doesNotExist();
        assertThat(root.resolve("gone.crt")).exists();
    }

    private void killAfterTheDecision() throws IOException {
        FileRoots roots = FileRoots.of(root);
        Folders.ensure(FileOperations.disk(), root.resolve(".kubepki"), FileMode.PRIVATE_DIRECTORY);
        for (int at = 1; !Files.exists(roots.journal()); at++) {
            FileOperations disk = new SteppedOperations(FileOperations.disk(), at, Strike.KILL);
            try (FileTransaction change = FileTransaction.begin(disk, roots, 1)) {
                change.write(root.resolve("pki/ca.key"), "key".getBytes(UTF_8), FileMode.OWNER_ONLY);
                change.delete(root.resolve("gone.crt"));
                change.commit();
            } catch (Killed e) {
                assertThat(at).isLessThan(100);
            }
        }
    }

    private FileView view() {
        return FileView.of(FileOperations.disk(), FileRoots.of(root));
    }

    private void write(String content) {
        try (DirectoryLock lock = DirectoryLock.acquire(FileRoots.of(root));
                FileTransaction change = FileTransaction.begin(lock)) {
            change.write(root.resolve("ca.crt"), content.getBytes(UTF_8), FileMode.WORLD_READABLE);
            change.commit();
        }
    }
}
