package dev.kubepki.cli.cluster;

import dev.kubepki.cli.frame.CommandSpec;

/// `kubepki user`: people and programs that log in to a cluster by a certificate.
public final class UserCommand {
    private UserCommand() {}

    /// The row of the command table.
    public static CommandSpec spec() {
        return CommandSpec.named("user", "Give users of a cluster certificates, kubeconfigs and roles")
                .describedAs("""
                        Kubernetes keeps no list of users: whoever holds a certificate of its CA is the user that the
                        certificate names, to the certificate's end. Make it a short one.
                        """)
                .groups(UserAddCommand.spec(), UserListCommand.spec(), UserKubeconfigCommand.spec());
    }
}
