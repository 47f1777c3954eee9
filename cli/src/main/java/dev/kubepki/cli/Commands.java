package dev.kubepki.cli;

import dev.kubepki.cli.cluster.CsrCommand;
import dev.kubepki.cli.cluster.NodeCommand;
import dev.kubepki.cli.cluster.UserCommand;
import dev.kubepki.cli.command.CompletionCommand;
import dev.kubepki.cli.command.ControllerCommand;
import dev.kubepki.cli.command.DocsCommand;
import dev.kubepki.cli.command.ExportCommand;
import dev.kubepki.cli.command.FlagsCommand;
import dev.kubepki.cli.command.InitCommand;
import dev.kubepki.cli.command.InspectCommand;
import dev.kubepki.cli.command.KubeconfigCommand;
import dev.kubepki.cli.command.ListCommand;
import dev.kubepki.cli.command.RenewCommand;
import dev.kubepki.cli.command.RequestCommand;
import dev.kubepki.cli.command.ServeCommand;
import dev.kubepki.cli.command.SignCommand;
import dev.kubepki.cli.command.StoreCommand;
import dev.kubepki.cli.command.TrustCommand;
import dev.kubepki.cli.command.VerifyCommand;
import dev.kubepki.cli.command.VersionCommand;
import dev.kubepki.cli.frame.CommandTable;
import dev.kubepki.cli.frame.CommandTable.Entry;
import dev.kubepki.cli.frame.CommandTable.Group;
import java.util.List;

/// All commands, in the order in which help shows them.
public final class Commands {
    private Commands() {}

    /// The table.
    public static CommandTable table() {
        return new CommandTable(
                "kubepki",
                Build.VERSION,
                "The certificates, keys and kubeconfigs of a Kubernetes cluster: made, listed, verified and renewed.",
                new LibraryFailures(),
                List.of(
                        new Entry(Group.USE, "serve", ServeCommand::spec),
                        new Entry(Group.USE, "controller", ControllerCommand::spec),
                        new Entry(Group.CLUSTER, "csr", CsrCommand::spec),
                        new Entry(Group.CLUSTER, "user", UserCommand::spec),
                        new Entry(Group.CLUSTER, "node", NodeCommand::spec),
                        new Entry(Group.USE, "kubeconfig", KubeconfigCommand::spec),
                        new Entry(Group.USE, "flags", FlagsCommand::spec),
                        new Entry(Group.USE, "export", ExportCommand::spec),
                        new Entry(Group.USE, "trust", TrustCommand::spec),
                        new Entry(Group.OTHER, "completion", CompletionCommand::spec),
                        new Entry(Group.MAKE, "init", InitCommand::spec),
                        new Entry(Group.MAKE, "request", RequestCommand::spec),
                        new Entry(Group.MAKE, "sign", SignCommand::spec),
                        new Entry(Group.LOOK, "list", ListCommand::spec),
                        new Entry(Group.LOOK, "verify", VerifyCommand::spec),
                        new Entry(Group.LOOK, "inspect", InspectCommand::spec),
                        new Entry(Group.KEEP, "renew", RenewCommand::spec),
                        new Entry(Group.KEEP, "store", StoreCommand::spec),
                        new Entry(Group.OTHER, "version", VersionCommand::spec),
                        new Entry(Group.HIDDEN, "docs", DocsCommand::spec)));
    }
}
