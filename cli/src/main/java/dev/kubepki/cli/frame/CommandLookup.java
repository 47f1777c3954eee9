package dev.kubepki.cli.frame;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks from the program's name to the command that a line names. Global options may stand before the command.
final class CommandLookup {
    private static final String HELP = "help";

    private final CommandTable table;
    private String path;
    private @Nullable CommandSpec command;

    CommandLookup(CommandTable table) {
        this.table = table;
        this.path = table.program();
    }

    /// The words walked so far, for usage lines and hints.
    String path() {
        return path;
    }

    /// The command found, or null where the line names none.
    @Nullable
    CommandSpec command() {
        return command;
    }

    /// Finds the command and returns the words that are left for it.
    List<String> descend(List<String> words) {
        List<String> rest = new ArrayList<>(words);
        int at = firstOperand(rest);
        if (at < 0) {
            return rest;
        }
        String name = rest.remove(at);
        if (name.equals(HELP)) {
            return asHelp(rest);
        }
        command = table.find(name).orElseThrow(() -> unknown(name, table.visibleNames()));
        path = path + " " + name;
        CommandSpec found = command;
        at = found.subcommands().isEmpty() ? -1 : firstOperand(rest, found.options());
        if (at >= 0 && (found.isGroup() || isSubcommand(found, rest.get(at)))) {
            String second = rest.remove(at);
            command = subcommand(found, second);
            path = path + " " + second;
        }
        return rest;
    }

    /// Any other word belongs to a command that runs by itself.
    private static boolean isSubcommand(CommandSpec group, String name) {
        return group.subcommands().stream().anyMatch(c -> c.name().equals(name));
    }

    UsageException missingSubcommand(CommandSpec group, List<String> rest) {
        new OptionParser(GlobalOptions.ofCommand()).parse(rest);
        return new UsageException("'" + path + "' needs one of these words after it: " + names(group));
    }

    // `kubepki help trust install` is `kubepki trust install --help`.
    private List<String> asHelp(List<String> rest) {
        if (rest.isEmpty() || firstOperand(rest) < 0) {
            return List.of("--help");
        }
        List<String> left = descend(rest);
        if (firstOperand(left) >= 0) {
            throw new UsageException("there is no command '" + path + " " + left.get(firstOperand(left)) + "'");
        }
        return List.of("--help");
    }

    private static CommandSpec subcommand(CommandSpec group, String name) {
        for (CommandSpec candidate : group.subcommands()) {
            if (candidate.name().equals(name)) {
                return candidate;
            }
        }
        List<String> names = new ArrayList<>();
        for (CommandSpec candidate : group.subcommands()) {
            names.add(candidate.name());
        }
        throw unknown(name, names);
    }

    private static UsageException unknown(String name, List<String> known) {
        List<String> near = Nearest.to(name, known);
        String message = "unknown command '" + name + "'";
        return near.isEmpty()
                ? new UsageException(message)
                : new UsageException(message, "Did you mean " + String.join(" or ", near) + "?");
    }

    private static String names(CommandSpec group) {
        StringBuilder names = new StringBuilder();
        for (CommandSpec command : group.subcommands()) {
            names.append(names.isEmpty() ? "" : ", ").append(command.name());
        }
        return names.toString();
    }

    private static int firstOperand(List<String> words) {
        return firstOperand(words, List.of());
    }

    // The value of `--color always` is no operand, nor that of an option; all other global options are flags.
    private static int firstOperand(List<String> words, List<OptionSpec> options) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--")) {
                return -1;
            }
            if (!word.startsWith("-")) {
                return i;
            }
            if (word.equals("--color") || options.stream().anyMatch(o -> takesNext(o, word))) {
                i++;
            }
        }
        return -1;
    }

    private static boolean takesNext(OptionSpec option, String word) {
        return option.takesValue()
                && !option.valueMayBeAbsent()
                && (word.equals(option.dashed()) || (option.hasLetter() && word.equals("-" + option.letter())));
    }
}
