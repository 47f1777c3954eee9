package dev.kubepki.cli.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The program's commands in the order in which help shows them. A command is only made when it is asked for,
/// so that starting one costs nothing for the others.
public final class CommandTable {
    private final String program;
    private final String version;
    private final String tagline;
    private final KnownFailures knownFailures;
    private final List<Entry> entries;

    /// The headings of the top-level help. Hidden commands work and are not shown.
    public enum Group {
        MAKE("Make"),
        LOOK("Look"),
        KEEP("Keep"),
        USE("Use"),
        CLUSTER("In a cluster"),
        OTHER("Other"),
        HIDDEN("");

        private final String heading;

        Group(String heading) {
            this.heading = heading;
        }

        /// The word above the commands.
        public String heading() {
            return heading;
        }
    }

    /// One row.
    ///
    /// @param group where help shows it
    /// @param name the word on the command line, the same as the command's own
    /// @param spec makes the command
    public record Entry(Group group, String name, Supplier<CommandSpec> spec) {}

    /// @param program the program's name
    /// @param version what `--version` prints after it
    /// @param tagline one sentence on what the program is
    /// @param knownFailures which failures are no bugs
    public CommandTable(
            String program, String version, String tagline, KnownFailures knownFailures, List<Entry> entries) {
        this.program = program;
        this.version = version;
        this.tagline = tagline;
        this.knownFailures = knownFailures;
        this.entries = List.copyOf(entries);
    }

    /// The program's name.
    public String program() {
        return program;
    }

    /// The program's version.
    public String version() {
        return version;
    }

    /// One sentence on what the program is.
    public String tagline() {
        return tagline;
    }

    KnownFailures knownFailures() {
        return knownFailures;
    }

    /// All rows.
    public List<Entry> entries() {
        return entries;
    }

    /// The command of this name.
    public Optional<CommandSpec> find(String name) {
        for (Entry entry : entries) {
            if (entry.name().equals(name)) {
                return Optional.of(entry.spec().get());
            }
        }
        return Optional.empty();
    }

    /// The commands that people see under a heading.
    public List<CommandSpec> in(Group group) {
        List<CommandSpec> found = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.group() == group) {
                found.add(entry.spec().get());
            }
        }
        return found;
    }

    /// Every command that people see.
    public List<CommandSpec> visible() {
        List<CommandSpec> found = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.group() != Group.HIDDEN) {
                found.add(entry.spec().get());
            }
        }
        return found;
    }

    /// The options that may stand before the command or without one.
    public List<OptionSpec> globalOptions() {
        return GlobalOptions.ofProgram();
    }

    List<String> visibleNames() {
        List<String> names = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.group() != Group.HIDDEN) {
                names.add(entry.name());
            }
        }
        return names;
    }
}
