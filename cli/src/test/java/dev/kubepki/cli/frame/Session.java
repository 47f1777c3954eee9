package dev.kubepki.cli.frame;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A command line run in this process, and what came of it.
public final class Session {
    private final CommandTable table;
    private final Map<String, String> environment = new HashMap<>();
    private final Set<Terminals.Stream> terminals = EnumSet.noneOf(Terminals.Stream.class);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String typed = "";
    private Path workingDirectory = Path.of("/work-dir");
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    public Session(CommandTable table) {
        this.table = table;
    }

    /// A program `prog` with these commands.
    public static Session of(CommandSpec... commands) {
        List<CommandTable.Entry> entries = new ArrayList<>();
        for (CommandSpec command : commands) {
            entries.add(new CommandTable.Entry(CommandTable.Group.LOOK, command.name(), () -> command));
        }
        return new Session(new CommandTable(
                "prog", "1.2.3", "A program.", failure -> failure instanceof ArithmeticException, entries));
    }

    public Session with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Session atTerminal(Terminals.Stream... streams) {
        terminals.addAll(List.of(streams));
        return this;
    }

    public Session in(Path directory) {
        workingDirectory = directory;
        return this;
    }

    public Session at(String instant) {
        now = Instant.parse(instant);
        return this;
    }

    public Session typing(String text) {
        typed = text;
        return this;
    }

    public CommandTable table() {
        return table;
    }

    public int run(String... args) {
        Surroundings world = new Surroundings(
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                out,
                err,
                environment,
                workingDirectory,
                Clock.fixed(now, ZoneOffset.UTC),
                terminals::contains);
        return Program.run(table, world, args);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
