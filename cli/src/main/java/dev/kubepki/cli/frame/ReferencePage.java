package dev.kubepki.cli.frame;

import java.util.List;
import java.util.Map;

/// `docs/reference.md`: every command that people see, in Markdown.
public final class ReferencePage {
    private final StringBuilder page = new StringBuilder();

    private ReferencePage() {}

    /// The page of a program.
    public static String of(CommandTable table) {
        ReferencePage page = new ReferencePage();
        page.begin(table);
        for (CommandSpec command : table.visible()) {
            page.command(command, table.program() + " " + command.name(), "##");
        }
        return page.page.toString();
    }

    private void begin(CommandTable table) {
        line("# " + table.program() + ": every command");
        line("");
        line(
                "Made from the table of commands by `./kubepki docs reference > docs/reference.md`; what you change here is lost.");
        line("");
        line("Exit codes of all commands: 0 done (warnings may have been printed), 1 failed, 2 the command line is");
        line(
                "wrong and nothing was done, 3 done with findings. Results go to standard output, all else to standard error.");
        line("");
        for (CommandTable.Group group : CommandTable.Group.values()) {
            if (group != CommandTable.Group.HIDDEN) {
                contents(table, group);
            }
        }
        options("Global options", table.globalOptions());
    }

    private void contents(CommandTable table, CommandTable.Group group) {
        List<CommandSpec> commands = table.in(group);
        if (commands.isEmpty()) {
            return;
        }
        line("**" + group.heading() + "**");
        line("");
        for (CommandSpec command : commands) {
            String name = table.program() + " " + command.name();
            line("- [`" + name + "`](#" + name.replace(' ', '-') + ") – " + escaped(command.summary()));
        }
        line("");
    }

    private void command(CommandSpec command, String path, String marks) {
        line("");
        line(marks + " " + path);
        line("");
        line("```");
        line(HelpText.usage(command, path));
        line("```");
        line("");
        description(command.description().isEmpty() ? command.summary() + "." : command.description());
        for (Map.Entry<String, List<OptionSpec>> group :
                HelpText.byGroup(command.options()).entrySet()) {
            line("");
            options(group.getKey(), group.getValue());
        }
        examples(command.examples());
        exitCodes(command.exitCodes());
        for (CommandSpec subcommand : command.subcommands()) {
            command(subcommand, path + " " + subcommand.name(), marks + "#");
        }
    }

    // Lines that begin with a blank are kept as they are, in a block of code.
    private void description(String text) {
        boolean inCode = false;
        boolean blankBefore = false;
        for (String line : Paragraphs.lines(text, Integer.MAX_VALUE)) {
            if (line.isEmpty()) {
                blankBefore = true;
                continue;
            }
            boolean code = line.startsWith(" ");
            line("```", inCode && !code);
            line("", blankBefore);
            line("```", code && !inCode);
            line(code ? line : escaped(line));
            inCode = code;
            blankBefore = false;
        }
        line("```", inCode);
    }

    private void options(String heading, List<OptionSpec> options) {
        line("**" + heading + "**");
        line("");
        for (OptionSpec option : options) {
            line("- `" + HelpText.signature(option).strip() + "` – " + escaped(HelpText.explained(option)));
        }
    }

    private void examples(List<Example> examples) {
        if (examples.isEmpty()) {
            return;
        }
        line("");
        line("**Examples**");
        line("");
        line("```sh");
        for (Example example : examples) {
            line("# " + example.explanation());
            line(example.commandLine());
        }
        line("```");
    }

    private void exitCodes(List<ExitCode> exitCodes) {
        if (exitCodes.isEmpty()) {
            return;
        }
        line("");
        line("**Exit codes**");
        line("");
        for (ExitCode exit : exitCodes) {
            line("- " + exit.code() + " – " + escaped(exit.meaning()));
        }
    }

    private static String escaped(String text) {
        return text.replace("<", "\\<").replace("*", "\\*");
    }

    private void line(String text, boolean wanted) {
        if (wanted) {
            line(text);
        }
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
