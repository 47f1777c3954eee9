package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;

/// `kubepki version`.
public final class VersionCommand implements Handler {

    /// The command's row.
    public static CommandSpec spec() {
        return CommandSpec.named("version", "Print the version").runs(VersionCommand::new);
    }

    @Override
    public int run(Invocation in) {
        in.out().println(in.table().program() + " " + in.table().version());
        return ExitCode.DONE;
    }
}
