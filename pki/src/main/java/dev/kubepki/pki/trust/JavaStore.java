package dev.kubepki.pki.trust;

import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileEntry;
import dev.kubepki.pki.files.FileMode;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.KeyStorePassword;
import dev.kubepki.pki.files.KeyStoreType;
import dev.kubepki.pki.files.KeyStores;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.PasswordWork;
import dev.kubepki.pki.x509.Certificate;
import dev.kubepki.pki.x509.Pkcs12;
import dev.kubepki.pki.x509.X509Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// A truststore file of Java programs, PKCS#12 or JKS: a program's own, or a Java installation's `cacerts`. Every
/// certificate of a bundle gets an entry, where keytool takes a file's first one only.
public final class JavaStore implements TrustStore {
    /// How a JKS file begins (sun.security.provider.JavaKeyStore).
    private static final byte[] JKS_MAGIC = {(byte) 0xfe, (byte) 0xed, (byte) 0xfe, (byte) 0xed};

    private final Path file;
    private final KeyStorePassword password;
    private final FileOperations operations;

    /// @param file need not exist; no symbolic link
    public JavaStore(Path file, KeyStorePassword password, FileOperations operations) {
        this.file = file;
        this.password = password;
        this.operations = operations;
    }

    @Override
    public StorePlan install(TrustBundle bundle, Optional<String> name) {
        KeyStore store = load();
        List<String> steps = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Certificate certificate : bundle.certificates()) {
            Optional<String> alias = aliasOf(store, certificate.fingerprint());
            if (alias.isPresent()) {
                notes.add("'" + certificate.subject() + "' is trusted already, as '" + alias.get() + "'");
            } else {
                String text = name.map(n -> StoreName.of(n, certificate))
                        .orElseGet(() -> StoreName.of(certificate))
                        .text();
                change(() -> store.setCertificateEntry(text, certificate.jca()));
                steps.add("add '" + text + "' to " + file);
            }
        }
        return new Rewrite(steps, notes, store);
    }

    @Override
    public StorePlan remove(Removal removal) {
        KeyStore store = load();
        List<String> steps = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (String alias : aliases(store)) {
            Optional<String> fingerprint = fingerprint(store, alias);
            if (fingerprint.isPresent() && removal.means(alias, fingerprint.get())) {
                change(() -> store.deleteEntry(alias));
                steps.add("remove '" + alias + "' from " + file);
            } else if (!StoreName.isOurs(alias)
                    && fingerprint.isPresent()
                    && removal.fingerprints().isPresent()
                    && removal.fingerprints().get().contains(fingerprint.get())) {
                notes.add("the entry '" + alias + "' is left alone: it was not put there by kubepki");
            }
        }
        return new Rewrite(steps, notes, store);
    }

    private record Written(List<String> steps, List<String> notes) {}

    private final class Rewrite implements StorePlan {
        private final Written told;
        private final KeyStore store;

        Rewrite(List<String> steps, List<String> notes, KeyStore store) {
            this.told = new Written(List.copyOf(steps), List.copyOf(notes));
            this.store = store;
        }

        @Override
        public boolean isEmpty() {
            return told.steps().isEmpty();
        }

        @Override
        public List<String> steps() {
            return told.steps();
        }

        @Override
        public List<String> notes() {
            return told.notes();
        }

        @Override
        public List<String> carryOut() {
            FileMode mode = entry().map(FileEntry::mode).orElse(FileMode.WORLD_READABLE);
            new DurableFiles(operations).write(file, KeyStores.encode(store, password), mode);
            return told.steps();
        }
    }

    private Optional<FileEntry> entry() {
        try {
            return operations.inspect(file);
        } catch (IOException e) {
            throw new TrustFailure(file + ": it can't be read; run as a user who may", e);
        }
    }

    /// The file as it is, in the type that it has.
    private KeyStore load() {
        boolean exists = entry().isPresent();
        byte[] content = exists ? new DurableFiles(operations).read(file) : new byte[0];
        KeyStoreType type = exists ? typeOf(content) : KeyStoreType.ofFileName(file.toString());
        try {
            KeyStore store = KeyStore.getInstance(type.jcaName());
            if (exists && type == KeyStoreType.PKCS12) {
                new PasswordWork().spend(Pkcs12.derivationRounds(content));
            }
            store.load(exists ? new ByteArrayInputStream(content) : null, password.reveal());
            return store;
        } catch (KeyFailure e) {
            throw new TrustFailure(file + ": " + e.getMessage(), e);
        } catch (IOException | X509Failure e) {
            throw new TrustFailure(
                    e.getCause() instanceof UnrecoverableKeyException
                            ? file + ": the password is wrong; give it with --password-file or --password-env"
                            : file + ": it is neither a PKCS#12 nor a JKS file; check the path",
                    e);
        } catch (GeneralSecurityException e) {
            throw new TrustFailure(file + ": the truststore can't be opened; look at it with keytool -list", e);
        }
    }

    private static KeyStoreType typeOf(byte[] content) {
        for (int i = 0; i < JKS_MAGIC.length; i++) {
            if (i >= content.length || content[i] != JKS_MAGIC[i]) {
                return KeyStoreType.PKCS12;
            }
        }
        return KeyStoreType.JKS;
    }

    private static Optional<String> aliasOf(KeyStore store, String fingerprint) {
        return aliases(store).stream()
                .filter(alias -> fingerprint(store, alias).equals(Optional.of(fingerprint)))
                .findFirst();
    }

    private static List<String> aliases(KeyStore store) {
        try {
            return Collections.list(store.aliases());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keystore is loaded", e);
        }
    }

    /// Of a trusted certificate; a key's own certificate trusts nothing.
    private static Optional<String> fingerprint(KeyStore store, String alias) {
        try {
            return store.isCertificateEntry(alias)
                    ? Optional.of(BundleText.sha256(store.getCertificate(alias).getEncoded()))
                    : Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keystore is loaded", e);
        }
    }

    private interface Change {
        void make() throws GeneralSecurityException;
    }

    private static void change(Change change) {
        try {
            change.make();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keystore is loaded", e);
        }
    }
}
