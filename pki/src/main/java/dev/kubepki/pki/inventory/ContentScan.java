package dev.kubepki.pki.inventory;

import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileFailure;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.FileProblem;
import dev.kubepki.pki.files.Kubeconfig;
import dev.kubepki.pki.files.KubeconfigFailure;
import dev.kubepki.pki.inspect.Description;
import dev.kubepki.pki.inspect.InspectFailure;
import dev.kubepki.pki.inspect.Inspection;
import dev.kubepki.pki.x509.Certificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// Puts what a file holds into an inventory. The content decides what it is, its name only whether damage in it is
/// worth a line.
final class ContentScan {
    /// One of these is in every text that holds or names a certificate or key: PEM, base64 of PEM, kubeconfigs, pods
    /// and the configurations of components.
    private static final List<String> MARKS = List.of(
            "-----BEGIN ",
            "LS0tLS1CRUdJTi",
            "client-certificate",
            "certificate-authority",
            "-file=",
            "-cafile=",
            "-certfile=",
            "-keyfile=",
            "kubeconfig",
            "tlsCertFile",
            "clientCAFile");

    private static final List<String> ENDINGS =
            List.of(".crt", ".cer", ".pem", ".der", ".key", ".csr", ".p12", ".pfx", ".jks", ".conf");

    private final InventoryDraft draft;
    private final Look look;
    private final boolean follow;
    private final FileOperations operations;
    private final DurableFiles files;

    /// @param follow whether files that manifests name are looked at
    ContentScan(InventoryDraft draft, Look look, boolean follow, FileOperations operations) {
        this.draft = draft;
        this.look = look;
        this.follow = follow;
        this.operations = operations;
        this.files = new DurableFiles(operations);
    }

    /// Looks into one file of many: what has nothing to do with a PKI is passed over.
    void any(Path file, String shown) {
        try {
            byte[] bytes = files.read(file);
            if (mayMatter(bytes)) {
                read(file, shown, bytes, hasKnownEnding(shown));
            } else if (hasKnownEnding(shown) && !shown.endsWith(".conf")) {
                unreadable(shown, "holds nothing of a PKI");
            }
        } catch (FileFailure e) {
            if (hasKnownEnding(shown)) {
                unreadable(shown, e);
            }
        }
    }

    /// Looks into a file that somebody named: whatever it is gets a line.
    void named(Path file, String shown) {
        try {
            read(file, shown, files.read(file), true);
        } catch (FileFailure e) {
            unreadable(shown, e);
        }
    }

    private void unreadable(String shown, FileFailure failure) {
        boolean missing = failure.problem() == FileProblem.MISSING;
        draft.add(Entry.lacking(
                shown,
                shown,
                "unknown",
                missing ? CertificateState.MISSING : CertificateState.UNREADABLE,
                String.valueOf(failure.getMessage())));
    }

    private void unreadable(String shown, String problem) {
        draft.add(Entry.lacking(shown, shown, "unknown", CertificateState.UNREADABLE, problem));
    }

    private static boolean hasKnownEnding(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String ending : ENDINGS) {
            if (lower.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayMatter(byte[] bytes) {
        int first = bytes.length == 0 ? 0 : bytes[0] & 0xff;
        // DER, JKS and JCEKS.
        if (first == 0x30 || first == 0xfe || first == 0xce) {
            return true;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (String mark : MARKS) {
            if (text.contains(mark)) {
                return true;
            }
        }
        // A bare base64 of DER.
        return text.startsWith("MII");
    }

    private void read(Path file, String shown, byte[] bytes, boolean tellDamage) {
        try {
            OptionalInt mode = mode(file);
            for (Description each : Inspection.of(shown, bytes).contents()) {
                if (each instanceof Description.OfKubeconfig) {
                    kubeconfig(file, shown, bytes, mode);
                } else {
                    add(each, shown, shown, mode);
                }
            }
        } catch (InspectFailure | KubeconfigFailure e) {
            if (tellDamage) {
                unreadable(shown, String.valueOf(e.getMessage()));
            }
        }
    }

    private OptionalInt mode(Path file) {
        try {
            return operations
                    .inspect(file)
                    .filter(entry -> entry.isFile())
                    .map(entry -> OptionalInt.of(entry.mode().bits()))
                    .orElse(OptionalInt.empty());
        } catch (IOException unknown) {
            return OptionalInt.empty();
        }
    }

    private void kubeconfig(Path file, String shown, byte[] bytes, OptionalInt mode) {
        Kubeconfig config = Kubeconfig.parse(file, bytes);
        KubeconfigEntries entries = new KubeconfigEntries(shown, mode, files);
        entries.users(config).forEach(draft::add);
        entries.clusters(config).forEach(draft::add);
    }

    private void add(Description each, String name, String shown, OptionalInt mode) {
        switch (each) {
            case Description.OfCertificate(Certificate c) ->
                draft.add(Entry.found(name, shown, PurposeText.of(c), c, mode));
            case Description.OfPrivateKey key ->
                draft.add(
                        name,
                        key.encrypted() ? "encrypted private key" : "private key",
                        key.publicKey(),
                        key.problem());
            case Description.OfPublicKey(var key) -> draft.add(name, "public key", Optional.of(key), "");
            case Description.OfRequest(var request) ->
                draft.add(name, "request of " + request.subject(), Optional.empty(), "");
            case Description.OfRevocationList(var list) ->
                draft.add(name, "revocation list of " + list.issuer(), Optional.empty(), "");
            case Description.OfKeystore store -> keystore(store, name, shown, mode);
            case Description.OfSigningRequest object -> signingRequest(object, name, shown, mode);
            case Description.OfManifest manifest -> {
                if (follow) {
                    new References(look, operations).of(manifest, shown).forEach(draft::add);
                }
            }
            case Description.OfKubeconfig config -> fields(config.fields(), name, shown, mode);
            case Description.OfObject object -> fields(object.fields(), name, shown, mode);
            case Description.Unreadable(String what, String problem) -> damaged(what, problem, name, shown);
            case Description.OfToken token -> {}
        }
    }

    private void fields(List<Description.Field> fields, String name, String shown, OptionalInt mode) {
        for (Description.Field field : fields) {
            for (Description inner : field.contents()) {
                add(inner, name + " " + field.path(), shown, mode);
            }
        }
    }

    private void keystore(Description.OfKeystore store, String name, String shown, OptionalInt mode) {
        if (!store.open()) {
            draft.add(name, store.format() + " keystore under a password", Optional.empty(), "");
        }
        for (Description.KeystoreEntry entry : store.entries()) {
            for (Certificate certificate : entry.chain()) {
                String alias = name + " " + entry.alias();
                draft.add(Entry.found(alias, shown, PurposeText.of(certificate), certificate, mode));
            }
        }
    }

    private void signingRequest(Description.OfSigningRequest object, String name, String shown, OptionalInt mode) {
        object.request().ifPresent(request -> draft.add(name, "request of " + request.subject(), Optional.empty(), ""));
        for (Certificate certificate : object.certificates()) {
            draft.add(Entry.found(name, shown, PurposeText.of(certificate), certificate, mode));
        }
    }

    private void damaged(String what, String problem, String name, String shown) {
        if (what.endsWith("CERTIFICATE")) {
            draft.add(Entry.lacking(name, shown, "unknown", CertificateState.UNREADABLE, problem));
        } else {
            draft.add(name, what, Optional.empty(), problem);
        }
    }
}
