package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.UsageException;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.Item;
import dev.kubepki.pki.files.Credential;
import dev.kubepki.pki.files.DurableFiles;
import dev.kubepki.pki.files.FileMode;
import dev.kubepki.pki.files.FileOperations;
import dev.kubepki.pki.files.KeyStorePassword;
import dev.kubepki.pki.files.KeyStores;
import dev.kubepki.pki.files.PkiDirectory;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// One certificate with its key as PKCS#12 or JKS.
final class ExportKeyStore {
    static final String GENERATE = "generate-password";
    private static final String GROUP = "For p12 and jks";

    private ExportKeyStore() {}

    static List<OptionSpec> options() {
        return List.of(
                OptionSpec.file("password-file", "FILE", "the file whose first line is the password")
                        .under(GROUP),
                OptionSpec.text("password-env", "VARIABLE", "the environment variable that holds the password")
                        .under(GROUP),
                OptionSpec.flag(GENERATE, "make a password and print it").under(GROUP));
    }

    /// Returns the password.
    static KeyStorePassword add(
            Invocation in, PkiDirectory directory, DesiredSet desired, Item item, ExportFiles files) {
        if (item.isAuthority() && !in.flag("with-ca-keys")) {
            throw new UsageException(
                    "a keystore of " + item.id() + " would hold the key of a CA",
                    "Give --with-ca-keys if it shall; 'kubepki trust' makes truststores without one.");
        }
        Credential credential = Credential.of(directory, desired, item)
                .orElseThrow(() -> new UsageException(item.id() + " has no certificate, and a keystore needs one"));
        KeyStorePassword password = password(in);
        String alias = item.name().label();
        byte[] store = in.required("format").equals("jks")
                ? KeyStores.jks(alias, credential.key(), credential.fullChain(), password)
                : KeyStores.pkcs12(alias, credential.key(), credential.fullChain(), password);
        files.add(in.requiredPath("to"), store, FileMode.OWNER_ONLY);
        return password;
    }

    private static KeyStorePassword password(Invocation in) {
        in.atMostOneOf("password-file", "password-env", GENERATE);
        if (in.flag(GENERATE)) {
            return KeyStorePassword.generate(new SecureRandom());
        }
        Optional<String> variable = in.string("password-env");
        if (variable.isPresent()) {
            return KeyStorePassword.of(Optional.ofNullable(in.environment().get(variable.get()))
                    .orElseThrow(() -> new UsageException("--password-env: there is no variable " + variable.get())));
        }
        byte[] file = in.path("password-file")
                .map(path -> new DurableFiles(FileOperations.disk()).read(path))
                .orElseThrow(() -> new UsageException(
                        "a keystore needs a password", "Give --password-file, --password-env or --generate-password."));
        return KeyStorePassword.of(KeyStorePassword.firstLine(file));
    }
}
