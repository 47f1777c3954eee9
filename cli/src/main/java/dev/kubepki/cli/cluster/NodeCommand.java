package dev.kubepki.cli.cluster;

import dev.kubepki.cli.frame.CommandSpec;

/// `kubepki node`: machines that join a cluster.
public final class NodeCommand {
    private NodeCommand() {}

    /// The row of the command table.
    public static CommandSpec spec() {
        return CommandSpec.named("node", "Let machines join a cluster").groups(NodeBootstrapCommand.spec());
    }
}
