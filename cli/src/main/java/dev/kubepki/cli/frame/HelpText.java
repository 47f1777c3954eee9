package dev.kubepki.cli.frame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The help of the program and of each command, made from the table.
final class HelpText {
    private static final int NAME_COLUMN = 14;
    private static final int OPTION_COLUMN = 28;

    private final StringBuilder text = new StringBuilder();
    private final int width;

    private HelpText(int width) {
        this.width = width;
    }

    static String ofProgram(CommandTable table, int width) {
        HelpText help = new HelpText(width);
        help.line("Usage: " + table.program() + " COMMAND [options]").line("");
        help.paragraphs(table.tagline());
        for (CommandTable.Group group : CommandTable.Group.values()) {
            List<CommandSpec> commands = group == CommandTable.Group.HIDDEN ? List.of() : table.in(group);
            if (!commands.isEmpty()) {
                help.line("").line(group.heading() + ":");
                help.summaries(commands);
            }
        }
        help.options("Global options", GlobalOptions.ofProgram());
        help.line("").line("See '" + table.program() + " COMMAND --help' for a command's options and examples.");
        return help.text.toString();
    }

    /// @param path the words that lead to the command, the program's name first
    static String of(CommandSpec command, String path, int width) {
        HelpText help = new HelpText(width);
        help.line("Usage: " + usage(command, path)).line("");
        help.paragraphs(command.description().isEmpty() ? command.summary() + "." : command.description());
        if (!command.subcommands().isEmpty()) {
            help.line("").line("Commands:");
            help.summaries(command.subcommands());
        }
        for (Map.Entry<String, List<OptionSpec>> group :
                byGroup(command.options()).entrySet()) {
            help.options(group.getKey(), group.getValue());
        }
        help.options("Global options", GlobalOptions.ofCommand());
        help.examples(command.examples());
        help.exitCodes(command.exitCodes());
        if (!command.subcommands().isEmpty()) {
            help.line("").line("See '" + path + " COMMAND --help' for a command's options and examples.");
        }
        return help.text.toString();
    }

    static String usage(CommandSpec command, String path) {
        if (command.isGroup()) {
            return path + " COMMAND [options]";
        }
        StringBuilder usage = new StringBuilder(path);
        if (!command.operands().text().isEmpty()) {
            usage.append(' ').append(command.operands().text());
        }
        for (OptionSpec option : command.options()) {
            if (option.required()) {
                usage.append(' ').append(option.dashed()).append('=').append(option.valueName());
            }
        }
        return usage.append(" [options]").toString();
    }

    static Map<String, List<OptionSpec>> byGroup(List<OptionSpec> options) {
        Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
        for (OptionSpec option : options) {
            String heading = option.group().isEmpty() ? "Options" : option.group();
            groups.computeIfAbsent(heading, name -> new ArrayList<>()).add(option);
        }
        return groups;
    }

    /// `-o, --output FORM`, as the left column shows it.
    static String signature(OptionSpec option) {
        StringBuilder signature = new StringBuilder(option.hasLetter() ? "-" + option.letter() + ", " : "    ");
        signature.append(option.dashed());
        if (option.valueMayBeAbsent()) {
            signature.append("[=").append(option.valueName()).append(']');
        } else if (option.takesValue()) {
            signature.append(' ').append(option.valueName());
        }
        return signature.toString();
    }

    /// The description with what the table knows besides: the words allowed, the default, whether it may be repeated.
    static String explained(OptionSpec option) {
        StringBuilder more = new StringBuilder();
        if (!option.choices().isEmpty()) {
            also(more, String.join("|", option.choices()));
        }
        if (!option.defaultText().isEmpty()) {
            also(more, "default " + option.defaultText());
        }
        if (option.valueMayBeAbsent()) {
            also(more, option.impliedValue() + " without a value");
        }
        if (option.repeatable()) {
            also(more, "may be repeated");
        }
        return more.isEmpty() ? option.description() : option.description() + " (" + more + ")";
    }

    private static void also(StringBuilder more, String part) {
        more.append(more.isEmpty() ? "" : "; ").append(part);
    }

    private HelpText line(String line) {
        text.append(line).append('\n');
        return this;
    }

    private void paragraphs(String paragraphs) {
        for (String line : Paragraphs.lines(paragraphs, width)) {
            line(line);
        }
    }

    private void summaries(List<CommandSpec> commands) {
        for (CommandSpec command : commands) {
            twoColumns(command.name(), command.summary(), NAME_COLUMN);
        }
    }

    private void options(String heading, List<OptionSpec> options) {
        line("").line(heading + ":");
        for (OptionSpec option : options) {
            twoColumns(signature(option), explained(option), OPTION_COLUMN);
        }
    }

    private void examples(List<Example> examples) {
        if (examples.isEmpty()) {
            return;
        }
        line("").line("Examples:");
        for (Example example : examples) {
            for (String line : Paragraphs.wrapped(example.explanation(), width - 4)) {
                line("  # " + line);
            }
            line("  " + example.commandLine());
        }
    }

    private void exitCodes(List<ExitCode> exitCodes) {
        if (exitCodes.isEmpty()) {
            return;
        }
        line("").line("Exit codes:");
        for (ExitCode exit : exitCodes) {
            twoColumns(String.valueOf(exit.code()), exit.meaning(), 5);
        }
    }

    private void twoColumns(String left, String right, int column) {
        StringBuilder row = new StringBuilder("  ").append(left);
        if (row.length() + 2 > column) {
            line(row.toString());
            row.setLength(0);
        }
        for (String part : Paragraphs.wrapped(right, Math.max(20, width - column))) {
            while (row.length() < column) {
                row.append(' ');
            }
            line(row.append(part).toString());
            row.setLength(0);
        }
    }
}
