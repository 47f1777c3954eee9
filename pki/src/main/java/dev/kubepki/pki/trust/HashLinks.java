package dev.kubepki.pki.trust;

import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.OpensslNameHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The links in `/etc/ssl/certs` by which OpenSSL itself, unlike curl, finds a CA; made by hand where no updater can.
final class HashLinks {
    private final ImageRoot root;
    private final String folder;
    private final FileOperations operations;
    private final Set<Path> taken = new HashSet<>();

    HashLinks(ImageRoot root, String folder, FileOperations operations) {
        this.root = root;
        this.folder = folder;
        this.operations = operations;
    }

    /// The two links that `update-ca-certificates` would make: by file name, and by hash.
    ///
    /// @param anchor the certificate's file, as the system inside sees it
    List<FileStep> add(String anchor, Certificate certificate) {
        List<FileStep> steps = new ArrayList<>();
        Path directory = root.resolve(folder);
        if (!Files.isDirectory(directory)) {
            return steps;
        }
        String stem = anchor.substring(anchor.lastIndexOf('/') + 1).replaceAll("\\.crt$", "") + ".pem";
        if (free(directory.resolve(stem))) {
            steps.add(link(directory, stem, anchor));
            String hash = OpensslNameHash.of(certificate.subject());
            int number = 0;
            while (!free(directory.resolve(hash + "." + number))) {
                number++;
            }
            steps.add(link(directory, hash + "." + number, stem));
        }
        return steps;
    }

    /// Every link to this certificate's file, and to such a link.
    List<FileStep> remove(String anchor) {
        List<FileStep> steps = new ArrayList<>();
        Path directory = root.resolve(folder);
        String stem = anchor.substring(anchor.lastIndexOf('/') + 1).replaceAll("\\.crt$", "") + ".pem";
        try {
            for (String name : Files.isDirectory(directory) ? operations.list(directory) : List.<String>of()) {
                Path file = directory.resolve(name);
                if (Files.isSymbolicLink(file)
                        && Set.of(anchor, stem)
                                .contains(Files.readSymbolicLink(file).toString())) {
                    steps.add(new FileStep.Drop(file, folder + "/" + name));
                }
            }
        } catch (IOException e) {
            throw new TrustFailure(directory + ": it can't be read; run as root", e);
        }
        return steps;
    }

    private boolean free(Path path) {
        return !Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !taken.contains(path);
    }

    private FileStep link(Path directory, String name, String to) {
        taken.add(directory.resolve(name));
        return new FileStep.Link(directory.resolve(name), to, folder + "/" + name);
    }
}
