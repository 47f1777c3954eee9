package dev.kubepki.pki.trust;

import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileMode;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.x509.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The folder in which an administrator's own CAs lie, one certificate a file: Debian makes no hash links for a file
/// with two.
final class AnchorFolder {
    private static final String SUFFIX = ".crt";

    private final ImageRoot root;
    private final StoreFamily family;
    private final List<Anchor> anchors;

    /// @param name without `.crt`
    record Anchor(Path path, String name, Set<String> fingerprints) {}

    private AnchorFolder(ImageRoot root, StoreFamily family, List<Anchor> anchors) {
        this.root = root;
        this.family = family;
        this.anchors = List.copyOf(anchors);
    }

    static AnchorFolder read(ImageRoot root, StoreFamily family, FileOperations operations) {
        List<Anchor> anchors = new ArrayList<>();
        Path folder = root.resolve(family.anchors());
        if (family.hasAnchors() && Files.isDirectory(folder)) {
            DurableFiles files = new DurableFiles(operations);
            for (String name : names(folder, operations)) {
                Path file = root.resolve(family.anchors() + "/" + name);
                boolean counts = name.endsWith(SUFFIX) || family == StoreFamily.RHEL || family == StoreFamily.ARCH;
                if (counts && Files.isRegularFile(file)) {
                    String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
                    anchors.add(
                            new Anchor(folder.resolve(name), stem, new BundleText(files.read(file)).fingerprints()));
                }
            }
        }
        return new AnchorFolder(root, family, anchors);
    }

    private static List<String> names(Path folder, FileOperations operations) {
        try {
            return operations.list(folder);
        } catch (IOException e) {
            throw new TrustFailure(folder + ": it can't be read; run as root", e);
        }
    }

    /// The file that holds this certificate, whoever put it there.
    Optional<Anchor> holding(String fingerprint) {
        return anchors.stream()
                .filter(a -> a.fingerprints().contains(fingerprint))
                .findFirst();
    }

    /// Our own files that are meant: only such as hold nothing else.
    List<Anchor> meantBy(Removal removal) {
        return anchors.stream()
                .filter(a -> a.fingerprints().size() == 1
                        && removal.means(a.name(), a.fingerprints().iterator().next()))
                .toList();
    }

    /// The files of others that hold one of these.
    List<Anchor> foreign(Set<String> fingerprints) {
        return anchors.stream()
                .filter(a ->
                        !StoreName.isOurs(a.name()) && a.fingerprints().stream().anyMatch(fingerprints::contains))
                .toList();
    }

    FileStep.Put put(StoreName name, Certificate certificate) {
        String shown = family.anchors() + "/" + name.text() + SUFFIX;
        return new FileStep.Put(
                root.resolve(family.anchors()).resolve(name.text() + SUFFIX),
                certificate.pem().encoded(),
                FileMode.WORLD_READABLE,
                shown);
    }
}
