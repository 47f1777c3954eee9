package dev.kubepki.cli.command;

import dev.kubepki.cli.completion.Shell;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.ExitCode;
import dev.kubepki.cli.frame.Handler;
import dev.kubepki.cli.frame.Invocation;
import java.util.ArrayList;
import java.util.List;

/// `kubepki completion`.
public final class CompletionCommand implements Handler {
    private final Shell shell;

    private CompletionCommand(Shell shell) {
        this.shell = shell;
    }

    /// The command's row.
    public static CommandSpec spec() {
        List<CommandSpec> shells = new ArrayList<>();
        for (Shell shell : Shell.values()) {
            shells.add(CommandSpec.named(shell.word(), "Print the script for " + shell.word())
                    .describedAs("Prints a script that makes " + shell.word()
                            + " complete commands, options and their values.")
                    .example(shell.loading(), shell.loadingMeaning())
                    .runs(() -> new CompletionCommand(shell)));
        }
        return CommandSpec.named("completion", "Print a script that completes commands in your shell")
                .groups(shells.toArray(new CommandSpec[0]));
    }

    @Override
    public int run(Invocation in) {
        in.out().print(shell.script(in.table()));
        return ExitCode.DONE;
    }
}
