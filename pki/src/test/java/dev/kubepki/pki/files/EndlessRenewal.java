package dev.kubepki.pki.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// A program that renews a set again and again until it is killed, telling each generation that is safely done.
final class EndlessRenewal {
    static final List<String> PAIRS = List.of("pki/ca", "pki/etcd/ca", "pki/etcd/server", "pki/apiserver", "kubelet");

    private EndlessRenewal() {}

    /// Renews until killed; its arguments are the root and the number of the first generation.
    public static void main(String[] arguments) {
        Path root = Path.of(arguments[0]);
        FileRoots roots = FileRoots.of(root);
        for (long generation = Long.parseLong(arguments[1]); true; generation++) {
            try (DirectoryLock lock = DirectoryLock.acquire(roots);
                    FileTransaction change = FileTransaction.begin(lock)) {
                for (String pair : PAIRS) {
                    byte[] content = Long.toString(generation).getBytes(UTF_8);
                    change.write(root.resolve(pair + ".key"), content, FileMode.OWNER_ONLY);
                    change.write(root.resolve(pair + ".crt"), content, FileMode.WORLD_READABLE);
                }
                change.record(new LedgerEntry(
                        Instant.EPOCH,
                        "g" + generation,
                        "a",
                        "b",
                        Instant.EPOCH,
                        Instant.EPOCH,
                        List.of(),
                        "ff",
                        "renew",
                        "-"));
                change.commit();
            }
            System.out.println(generation);
            System.out.flush();
        }
    }
}
