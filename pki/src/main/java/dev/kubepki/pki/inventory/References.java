package dev.kubepki.pki.inventory;

import dev.kubepki.pki.files.FileEntry;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.inspect.Description;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The files that a static pod or a component's configuration names, and how they stand.
final class References {
    private static final long MAX_BYTES = 4 << 20;

    private final Look look;
    private final FileOperations operations;

    References(Look look, FileOperations operations) {
        this.look = look;
        this.operations = operations;
    }

    List<ListedReference> of(Description.OfManifest manifest, String shown) {
        List<ListedReference> references = new ArrayList<>();
        for (Description.FileReference reference : manifest.files()) {
            for (String path : paths(reference.path())) {
                references.add(reference(shown, reference.flag(), path));
            }
        }
        return references;
    }

    /// `--tls-sni-cert-key` takes `CERTIFICATE,KEY:NAME,…`.
    private static List<String> paths(String value) {
        List<String> paths = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            if (part.startsWith("/")) {
                int colon = part.indexOf(':');
                paths.add(colon < 0 ? part : part.substring(0, colon));
            }
        }
        return paths;
    }

    private ListedReference reference(String manifest, String flag, String path) {
        try {
            Path file = look.resolve(path);
            Optional<FileEntry> entry = operations.inspect(file);
            if (entry.isEmpty()) {
                return new ListedReference(manifest, flag, path, CertificateState.MISSING, "", Optional.empty());
            }
            if (entry.get().isDirectory()) {
                return new ListedReference(manifest, flag, path, CertificateState.OK, "folder", Optional.empty());
            }
            if (entry.get().kind() == FileEntry.Kind.OTHER || entry.get().size() > MAX_BYTES) {
                return broken(manifest, flag, path, "is no file of a PKI");
            }
            return contents(manifest, flag, path, file);
        } catch (IOException | InvalidPathException e) {
            return broken(manifest, flag, path, "can't be read");
        }
    }

    private static ListedReference broken(String manifest, String flag, String path, String problem) {
        return new ListedReference(manifest, flag, path, CertificateState.UNREADABLE, problem, Optional.empty());
    }

    private ListedReference contents(String manifest, String flag, String path, Path file) {
        InventoryDraft draft = new InventoryDraft();
        new ContentScan(draft, look, false, operations).named(file, path);
        Inventory found = draft.finish(look);
        Optional<ListedCertificate> worst = worst(found.certificates());
        if (worst.isPresent()) {
            ListedCertificate certificate = worst.get();
            String holds = certificate.problem().isEmpty() ? certificate.subject() : certificate.problem();
            return new ListedReference(manifest, flag, path, certificate.state(), holds, certificate.notAfter());
        }
        List<ListedFile> files = found.files();
        boolean damaged = !files.isEmpty() && !files.getFirst().problem().isEmpty();
        if (damaged) {
            return broken(manifest, flag, path, files.getFirst().problem());
        }
        String holds =
                files.isEmpty() ? "no certificate or key" : files.getFirst().what();
        return new ListedReference(manifest, flag, path, CertificateState.OK, holds, Optional.empty());
    }

    /// Of a bundle the certificate that needs a person's look first.
    private static Optional<ListedCertificate> worst(List<ListedCertificate> certificates) {
        Optional<ListedCertificate> worst = Optional.empty();
        for (ListedCertificate each : certificates) {
            if (worst.isEmpty() || isWorse(each, worst.get())) {
                worst = Optional.of(each);
            }
        }
        return worst;
    }

    private static boolean isWorse(ListedCertificate one, ListedCertificate other) {
        int states = one.state().compareTo(other.state());
        if (states != 0 || one.notAfter().isEmpty() || other.notAfter().isEmpty()) {
            return states > 0;
        }
        return one.notAfter().get().isBefore(other.notAfter().get());
    }
}
