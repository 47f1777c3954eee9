package dev.kubepki.cli;

import dev.kubepki.cli.command.VersionCommand;
import dev.kubepki.cli.frame.CommandTable;
import dev.kubepki.cli.frame.CommandTable.Entry;
import dev.kubepki.cli.frame.CommandTable.Group;
import java.util.List;

/// All commands, in the order in which help shows them.
final class Commands {
    private Commands() {}

    static CommandTable table() {
        return new CommandTable(
                "kubepki",
                Build.VERSION,
                "The certificates, keys and kubeconfigs of a Kubernetes cluster: made, listed, verified and renewed.",
                List.of(new Entry(Group.OTHER, "version", VersionCommand::spec)));
    }
}
