package dev.kubepki.pki.files;

import dev.kubepki.pki.cluster.FoundFile;
import dev.kubepki.pki.cluster.FoundFile.Content;
import dev.kubepki.pki.cluster.FoundSet;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.KeyPem;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.X509Failure;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The folder in which a set lies, and how the set's own paths are spread over it.
public final class PkiDirectory implements FoundSet {
    /// Where the set's own paths keep everything but kubeconfigs.
    private static final String PKI = "pki/";

    private final Path directory;
    private final Path certificates;
    private final FileRoots roots;
    private final FileView view;
    private final DurableFiles files;

    private PkiDirectory(FileOperations operations, Path directory, Path certificates) {
        this.directory = directory;
        this.certificates = certificates;
        this.roots =
                certificates.startsWith(directory) ? FileRoots.of(directory) : FileRoots.of(directory, certificates);
        this.view = FileView.of(operations, roots);
        this.files = new DurableFiles(operations);
    }

    /// A folder as `/etc/kubernetes` is laid out.
    ///
    /// @param certificates where the files below `pki/` really lie; empty for `pki` in the folder
    public static PkiDirectory of(FileOperations operations, Path directory, Optional<Path> certificates) {
        Path absolute = directory.toAbsolutePath().normalize();
        Path pki = certificates.map(p -> p.toAbsolutePath().normalize()).orElse(absolute.resolve("pki"));
        return new PkiDirectory(operations, absolute, pki);
    }

    /// The folder itself.
    public Path directory() {
        return directory;
    }

    /// The folders that a change of the set may touch.
    public FileRoots roots() {
        return roots;
    }

    /// Whether an interrupted change waits to be finished.
    public boolean isPending() {
        return view.pending();
    }

    /// Where a path of the set really is.
    public Path resolve(String path) {
        return path.startsWith(PKI) ? certificates.resolve(path.substring(PKI.length())) : directory.resolve(path);
    }

    @Override
    public FoundFile file(String path) {
        Path real = resolve(path);
        try {
            Optional<FileEntry> entry = view.inspect(real);
            if (entry.isEmpty()) {
                return new FoundFile(path, OptionalInt.empty(), new Content.Missing());
            }
            byte[] bytes = view.read(real);
            return new FoundFile(path, mode(entry.get()), content(path, bytes, real));
        } catch (FileFailure e) {
            return new FoundFile(path, OptionalInt.empty(), new Content.Broken(reason(e)));
        }
    }

    @Override
    public String digest(String path) {
        Path real = resolve(path);
        return view.inspect(real).isEmpty() ? "" : Sha256.of(view.read(real));
    }

    /// A file's bytes.
    ///
    /// @throws FileFailure where it can't be read
    public byte[] bytes(String path) {
        return view.read(resolve(path));
    }

    /// A kubeconfig of the set; empty where it is missing, or not one.
    Optional<Kubeconfig> kubeconfig(String path) {
        Path real = resolve(path);
        if (view.inspect(real).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Kubeconfig.parse(real, view.read(real)));
        } catch (KubeconfigFailure e) {
            return Optional.empty();
        }
    }

    private static OptionalInt mode(FileEntry entry) {
        return entry.kind() == FileEntry.Kind.FILE ? OptionalInt.of(entry.mode().bits()) : OptionalInt.empty();
    }

    private static String reason(FileFailure failure) {
        return "can't be read (" + failure.getMessage() + ")";
    }

    private Content content(String path, byte[] bytes, Path real) {
        try {
            if (path.endsWith(".conf")) {
                return new Content.Kubeconfig(KubeconfigReading.of(bytes, real, files));
            }
            if (path.endsWith(".pub")) {
                List<PublicKey> keys = KeyPem.readPublicKeys(bytes);
                return keys.isEmpty() ? new Content.Broken("holds no public key") : new Content.PublicKeys(keys);
            }
            if (path.endsWith(".key")) {
                return new Content.PrivateKey(KeyPem.readPrivateKey(bytes));
            }
            List<Certificate> chain = CertificateReading.of(bytes);
            return chain.isEmpty() ? new Content.Broken("holds no certificate") : new Content.Certificates(chain);
        } catch (KeyFailure | X509Failure e) {
            return new Content.Broken(String.valueOf(e.getMessage()));
        }
    }
}
