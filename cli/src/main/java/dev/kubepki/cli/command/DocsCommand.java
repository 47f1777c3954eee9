package dev.kubepki.cli.command;

import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import dev.kubepki.cli.frame.ReferencePage;

/// `kubepki docs`, for those who build the program.
public final class DocsCommand implements Handler {

    /// The command's row.
    public static CommandSpec spec() {
        return CommandSpec.named("docs", "Print pages of the documentation")
                .groups(CommandSpec.named("reference", "Print docs/reference.md from the table of commands")
                        .runs(DocsCommand::new));
    }

    @Override
    public int run(Invocation in) {
        in.out().print(ReferencePage.of(in.table()));
        return ExitCode.DONE;
    }
}
