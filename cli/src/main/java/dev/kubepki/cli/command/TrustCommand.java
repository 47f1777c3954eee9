package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandFailure;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.pki.files.FileFailure;
import dev.kubepki.pki.files.KeyStoreFailure;
import dev.kubepki.pki.trust.TrustFailure;

/// `kubepki trust`: gives others trust in a cluster's CA and takes it back.
public final class TrustCommand {
    private TrustCommand() {}

    /// The command's row.
    public static CommandSpec spec() {
        return CommandSpec.named("trust", "Make systems, Java programs and pods trust the cluster's CA")
                .describedAs("""
                        Whoever connects to the cluster must know its CA. These commands hand it out: as a PEM file, into
                        the trust store of an operating system or an image of one, into a Java truststore, and as a
                        Kubernetes object for pods.
                        """)
                .groups(
                        TrustBundleCommand.spec(),
                        TrustInstallCommand.spec(),
                        TrustRemoveCommand.spec(),
                        TrustManifestCommand.spec());
    }

    /// Failures of the library as the program's own.
    static Handler guarded(Handler handler) {
        return in -> {
            try {
                return handler.run(in);
            } catch (TrustFailure | FileFailure | KeyStoreFailure e) {
                throw new CommandFailure(String.valueOf(e.getMessage()), e);
            }
        };
    }
}
