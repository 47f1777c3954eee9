package dev.kubepki.cli.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// One command as a value: parsing, help, completion and the reference page are made from it.
///
/// @param name the word on the command line
/// @param summary one line, capital letter first, no full stop
/// @param description paragraphs, separated by blank lines; lines that begin with a blank are kept as they are
/// @param operands the words that are no options
/// @param options its own options; the frame adds the global ones
/// @param examples command lines that work
/// @param exitCodes what its exit codes mean beyond the usual 0, 1 and 2
/// @param subcommands the second words, for a command that only groups
/// @param handler makes what runs it; for a command that only groups it is never asked
/// @param runs whether it does something without a second word
public record CommandSpec(
        String name,
        String summary,
        String description,
        Operands operands,
        List<OptionSpec> options,
        List<Example> examples,
        List<ExitCode> exitCodes,
        List<CommandSpec> subcommands,
        Supplier<Handler> handler,
        boolean runs) {

    /// Begins a command.
    public static Builder named(String name, String summary) {
        return new Builder(name, summary);
    }

    /// Its own options and the global ones.
    public List<OptionSpec> allOptions() {
        return GlobalOptions.with(options);
    }

    /// Whether a second word must follow it.
    public boolean isGroup() {
        return !runs;
    }

    /// The parts of a command, gathered one after another; [#runs] or [#groups] ends it.
    public static final class Builder {
        private final String name;
        private final String summary;
        private final List<OptionSpec> options = new ArrayList<>();
        private final List<Example> examples = new ArrayList<>();
        private final List<ExitCode> exitCodes = new ArrayList<>();
        private String description = "";
        private Operands operands = Operands.none();

        Builder(String name, String summary) {
            this.name = name;
            this.summary = summary;
        }

        /// The paragraphs of the help.
        public Builder describedAs(String paragraphs) {
            description = paragraphs.strip();
            return this;
        }

        /// The words that are no options.
        public Builder operands(Operands words) {
            operands = words;
            return this;
        }

        /// Adds options, in the order in which help shows them.
        public Builder options(OptionSpec... more) {
            options.addAll(List.of(more));
            return this;
        }

        /// Adds options, in the order in which help shows them.
        public Builder options(List<OptionSpec> more) {
            options.addAll(more);
            return this;
        }

        /// Adds an example.
        public Builder example(String commandLine, String explanation) {
            examples.add(new Example(commandLine, explanation));
            return this;
        }

        /// Says what an exit code means here.
        public Builder exits(int code, String meaning) {
            exitCodes.add(new ExitCode(code, meaning));
            return this;
        }

        /// A command that does something.
        public CommandSpec runs(Supplier<Handler> handler) {
            return build(List.of(), handler, true);
        }

        /// A command whose second word says what to do.
        public CommandSpec groups(CommandSpec... subcommands) {
            return build(
                    List.of(subcommands),
                    () -> {
                        throw new IllegalStateException(name + " only groups");
                    },
                    false);
        }

        /// A command that does something, and other things where one of these words follows it.
        public CommandSpec runsOrGroups(Supplier<Handler> handler, List<CommandSpec> subcommands) {
            return build(List.copyOf(subcommands), handler, true);
        }

        private CommandSpec build(List<CommandSpec> subcommands, Supplier<Handler> handler, boolean runs) {
            return new CommandSpec(
                    name,
                    summary,
                    description,
                    operands,
                    List.copyOf(options),
                    List.copyOf(examples),
                    List.copyOf(exitCodes),
                    subcommands,
                    handler,
                    runs);
        }
    }
}
