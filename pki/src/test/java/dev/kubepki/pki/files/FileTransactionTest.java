package dev.kubepki.pki.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTransactionTest {
    private static final Instant NOW = Instant.parse("2026-11-22T17:42:14.250Z");

    @TempDir
    private Path folder;

    @Test
    void writesASetWithExactModesAndLeavesNoRecordsOfTheWork() throws IOException {
        Path root = folder.resolve("kubernetes");
        try (DirectoryLock lock = DirectoryLock.acquire(FileRoots.of(root));
                FileTransaction change = FileTransaction.begin(lock)) {
            change.write(root.resolve("pki/etcd/ca.key"), bytes("key"), FileMode.OWNER_ONLY);
            change.write(root.resolve("pki/etcd/ca.crt"), bytes("certificate"), FileMode.WORLD_READABLE);
            change.commit();
        }
        assertThat(root.resolve("pki/etcd/ca.key")).hasContent("key");
        assertThat(mode(root.resolve("pki/etcd/ca.key"))).isEqualTo("rw-------");
        assertThat(mode(root.resolve("pki/etcd/ca.crt"))).isEqualTo("rw-r--r--");
        assertThat(mode(root.resolve("pki/etcd"))).isEqualTo("rwxr-xr-x");
        assertThat(mode(root.resolve(".kubepki"))).isEqualTo("rwx------");
        assertThat(FileOperations.disk().list(root.resolve(".kubepki"))).containsExactly("lock");
    }

    @Test
    void keepsADatedCopyOfWhatItReplacesAndDeletes() throws IOException {
        Path key = write("pki/ca.key", "old key", "rw-------");
        Path gone = write("pki/gone.crt", "old certificate", "rw-r-----");
        Path kept;
        try (DirectoryLock lock = DirectoryLock.acquire(FileRoots.of(folder));
                FileTransaction change = FileTransaction.begin(lock)) {
            kept = change.backUp(NOW);
            change.write(key, bytes("new key"), FileMode.OWNER_ONLY);
            change.write(folder.resolve("pki/fresh.key"), bytes("fresh"), FileMode.OWNER_ONLY);
            change.delete(gone);
            change.commit();
        }
        assertThat(kept).isEqualTo(folder.resolve(".kubepki/backups/2026-11-22T17-42-14.250Z"));
        assertThat(key).hasContent("new key");
        assertThat(gone).doesNotExist();
        assertThat(kept.resolve("pki/ca.key")).hasContent("old key");
        assertThat(mode(kept.resolve("pki/ca.key"))).isEqualTo("rw-------");
        assertThat(kept.resolve("pki/gone.crt")).hasContent("old certificate");
        assertThat(mode(kept.resolve("pki/gone.crt"))).isEqualTo("rw-r-----");
        assertThat(mode(kept.resolve("pki"))).isEqualTo("rwx------");
        assertThat(FileOperations.disk().list(kept.resolve("pki"))).containsExactly("ca.key", "gone.crt");
    }

    @Test
    void dropsEverythingWithoutCommit() throws IOException {
        Path key = write("pki/ca.key", "old key", "rw-------");
        try (DirectoryLock lock = DirectoryLock.acquire(FileRoots.of(folder));
                FileTransaction change = FileTransaction.begin(lock)) {
            change.write(key, bytes("new key"), FileMode.OWNER_ONLY);
            change.write(folder.resolve("pki/other/x.key"), bytes("x"), FileMode.OWNER_ONLY);
            change.record(entry("1"));
        }
        assertThat(key).hasContent("old key");
        assertThat(FileOperations.disk().list(folder.resolve("pki"))).containsExactly("ca.key");
        assertThat(FileOperations.disk().list(folder.resolve(".kubepki"))).containsExactly("lock");
        assertThat(folder.resolve("certificate-ledger.jsonl")).doesNotExist();
    }

    @Test
    void refusesASymbolicLinkInTheWayByName() throws IOException {
        Path outside = write("outside.key", "untouched", "rw-------");
        Path root = Files.createDirectories(folder.resolve("root/pki"));
        Path link = Files.createSymbolicLink(root.resolve("ca.key"), outside);
        Path folderLink = Files.createSymbolicLink(root.resolve("etcd"), folder);
        assertRefuses(root, link, "ca.key: a symbolic link is in the way");
        assertRefuses(root, folderLink.resolve("ca.key"), "etcd: a symbolic link is in the way");
        assertThat(outside).hasContent("untouched");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void refusesFoldersWhereFilesBelongAndFilesWhereFoldersBelong() throws IOException {
        Files.createDirectories(folder.resolve("ca.key"));
        write("etcd", "a file", "rw-------");
        assertRefuses(folder, folder.resolve("ca.key"), "ca.key: a folder stands where a file is needed");
        assertRefuses(folder, folder.resolve("etcd/ca.key"), "etcd: a file stands where a folder is needed");
    }

    @Test
    void refusesPathsOutsideAndItsOwnRecords() {
        assertRefuses(folder, folder.resolve("../elsewhere.key"), "outside the folders of this command");
        assertRefuses(folder, folder.resolve(".kubepki/journal"), "kept for the records of kubepki");
        assertRefuses(folder, folder.resolve("certificate-ledger.jsonl"), "kept for the records of kubepki");
    }

    @Test
    void refusesANameThatIsTooLong() {
        assertRefuses(folder, folder.resolve("x".repeat(300)), "the path is too long");
    }

    @Test
    void writesBesideAnotherRootOnTheSameFileSystem() throws IOException {
        Path primary = folder.resolve("kubernetes");
        Path certificates = folder.resolve("elsewhere/pki");
        try (DirectoryLock lock = DirectoryLock.acquire(FileRoots.of(primary, certificates));
                FileTransaction change = FileTransaction.begin(lock)) {
            change.write(primary.resolve("admin.conf"), bytes("conf"), FileMode.OWNER_ONLY);
            change.write(certificates.resolve("ca.key"), bytes("key"), FileMode.OWNER_ONLY);
            change.commit();
        }
        assertThat(primary.resolve("admin.conf")).hasContent("conf");
        assertThat(certificates.resolve("ca.key")).hasContent("key");
    }

    @Test
    void addsLinesToTheLedgerInOrder() throws IOException {
        for (String serial : List.of("1", "2")) {
            try (DirectoryLock lock = DirectoryLock.acquire(FileRoots.of(folder));
                    FileTransaction change = FileTransaction.begin(lock)) {
                change.record(entry(serial));
                change.write(folder.resolve("ca.crt"), bytes(serial), FileMode.WORLD_READABLE);
                change.commit();
            }
        }
        Ledger ledger = Ledger.of(FileOperations.disk(), FileRoots.of(folder));
        assertThat(ledger.lines())
                .hasSize(2)
                .allMatch(line -> line instanceof Ledger.Line.Whole)
                .extracting(Ledger.Line::toString)
                .element(1)
                .asString()
                .contains("\"serial\":\"2\"", "CN=a \\\"b\\\"", "[\"DNS:a\",\"IP:10.96.0.1\"]");
        assertThat(mode(ledger.file())).isEqualTo("rw-r--r--");
    }

    private static void assertRefuses(Path root, Path target, String sentence) {
        try (DirectoryLock lock = DirectoryLock.acquire(FileRoots.of(root));
                FileTransaction change = FileTransaction.begin(lock)) {
            assertThatThrownBy(() -> change.write(target, bytes("new"), FileMode.OWNER_ONLY))
                    .isInstanceOf(FileFailure.class)
                    .hasMessageContaining(sentence)
                    .hasMessageContaining("nothing was changed");
        }
    }

    private static LedgerEntry entry(String serial) {
        return new LedgerEntry(
                NOW, serial, "CN=a \"b\"", "CN=ca", NOW, NOW, List.of("DNS:a", "IP:10.96.0.1"), "ff", "init", "ca.crt");
    }

    private Path write(String name, String content, String mode) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
