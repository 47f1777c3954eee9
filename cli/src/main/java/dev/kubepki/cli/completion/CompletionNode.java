package dev.kubepki.cli.completion;

import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.CommandTable;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import java.util.ArrayList;
import java.util.List;

/// A place on a command line where a person may press the tabulator: the words before it that name a command, and what
/// may follow.
///
/// @param path the command's words without the program's name, separated by one blank; empty at the beginning
/// @param commands the commands that may come next
/// @param options the options that may come next
/// @param operands the other words that may come next
record CompletionNode(String path, List<Word> commands, List<OptionSpec> options, Operands operands) {
    private static final String HELP = "help";

    /// A word with what it means.
    record Word(String text, String meaning) {}

    /// All places of a program, the beginning first.
    static List<CompletionNode> of(CommandTable table) {
        List<CommandSpec> commands = table.visible();
        List<Word> top = words(commands);
        List<CompletionNode> nodes = new ArrayList<>();
        List<Word> first = new ArrayList<>(top);
        first.add(new Word(HELP, "Explain a command"));
        nodes.add(new CompletionNode("", first, table.globalOptions(), Operands.none()));
        nodes.add(new CompletionNode(HELP, top, List.of(), Operands.none()));
        for (CommandSpec command : commands) {
            nodes.add(node(command.name(), command));
            for (CommandSpec subcommand : command.subcommands()) {
                nodes.add(node(command.name() + " " + subcommand.name(), subcommand));
            }
        }
        return nodes;
    }

    /// The spellings of an option: `--output` and `-o`.
    static List<String> spellings(OptionSpec option) {
        String spelled = "--" + option.name();
        return option.hasLetter() ? List.of(spelled, "-" + option.letter()) : List.of(spelled);
    }

    /// Whether the next word belongs to the option.
    static boolean takesNextWord(OptionSpec option) {
        return option.takesValue() && !option.valueMayBeAbsent();
    }

    private static CompletionNode node(String path, CommandSpec command) {
        return new CompletionNode(path, words(command.subcommands()), command.allOptions(), command.operands());
    }

    private static List<Word> words(List<CommandSpec> commands) {
        List<Word> words = new ArrayList<>();
        for (CommandSpec command : commands) {
            words.add(new Word(command.name(), command.summary()));
        }
        return words;
    }
}
