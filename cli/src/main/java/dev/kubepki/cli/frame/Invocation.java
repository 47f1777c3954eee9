package dev.kubepki.cli.frame;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One call of a command: what was given on its line, and the world it runs in. Option names are the long ones without
/// dashes; asking for an option that the command did not declare is a bug and fails at once.
public final class Invocation {
    private static final int DEFAULT_WIDTH = 80;
    private static final int LEAST_WIDTH = 40;
    private static final int MOST_WIDTH = 400;

    private final CommandTable table;
    private final List<OptionSpec> declared;
    private final ParsedLine line;
    private final Surroundings world;
    private final PrintStream out;
    private final PrintStream err;

    Invocation(
            CommandTable table,
            List<OptionSpec> declared,
            ParsedLine line,
            Surroundings world,
            PrintStream out,
            PrintStream err) {
        this.table = table;
        this.declared = declared;
        this.line = line;
        this.world = world;
        this.out = out;
        this.err = err;
    }

    /// Whether the option was given.
    public boolean given(String option) {
        return line.has(declared(option).name());
    }

    /// Whether the flag was given.
    public boolean flag(String option) {
        return given(option);
    }

    /// The option's value, or its declared default.
    public Optional<String> string(String option) {
        List<String> values = list(option);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    /// The value of an option that has a default or must be given.
    public String required(String option) {
        return string(option).orElseThrow(() -> new UsageException("option --" + option + " is required"));
    }

    /// All values of a repeatable option in their order, or its declared default.
    public List<String> list(String option) {
        OptionSpec spec = declared(option);
        List<String> values = line.options().get(option);
        if (values != null) {
            return values;
        }
        return spec.takesValue() && !spec.defaultText().isEmpty() ? List.of(spec.defaultText()) : List.of();
    }

    /// The value as a path, from the working directory on.
    public Optional<Path> path(String option) {
        return string(option).map(this::resolve);
    }

    /// The value as a path, of an option that has a default or must be given.
    public Path requiredPath(String option) {
        return resolve(required(option));
    }

    /// The value as a length of time.
    public Optional<Duration> duration(String option) {
        return string(option)
                .map(text -> DurationText.parse(text)
                        .orElseThrow(() -> new UsageException(OptionParser.noDuration(option, text))));
    }

    /// The value as a whole number.
    public Optional<Integer> integer(String option) {
        return string(option).map(Integer::valueOf);
    }

    /// The form that `-o` asks for.
    public OutputFormat output() {
        return OutputFormat.of(required("output"));
    }

    /// The words that are no options.
    public List<String> operands() {
        return line.operands();
    }

    /// The operands as paths, from the working directory on.
    public List<Path> operandPaths() {
        List<Path> paths = new ArrayList<>();
        for (String operand : line.operands()) {
            paths.add(resolve(operand));
        }
        return paths;
    }

    /// A path as the person wrote it, from the working directory on.
    public Path resolve(String written) {
        return world.workingDirectory().resolve(written).normalize();
    }

    /// Refuses two of these options on one line.
    public void atMostOneOf(String... options) {
        String first = "";
        for (String option : options) {
            if (given(option)) {
                if (!first.isEmpty()) {
                    throw new UsageException("options --" + first + " and --" + option + " exclude each other");
                }
                first = option;
            }
        }
    }

    /// Standard output, UTF-8, for the result and nothing else.
    public PrintStream out() {
        return out;
    }

    /// Standard error, UTF-8, for warnings, progress and everything that is not the result.
    public PrintStream err() {
        return err;
    }

    /// Standard input.
    public InputStream in() {
        return world.in();
    }

    /// The time.
    public Clock clock() {
        return world.clock();
    }

    /// What relative paths start from.
    public Path workingDirectory() {
        return world.workingDirectory();
    }

    /// The environment variables.
    public Map<String, String> environment() {
        return world.environment();
    }

    /// Whether a person can answer.
    public boolean inIsTerminal() {
        return world.terminals().isTerminal(Terminals.Stream.IN);
    }

    Terminals terminals() {
        return world.terminals();
    }

    /// Whether the result is read by a person.
    public boolean outIsTerminal() {
        return world.terminals().isTerminal(Terminals.Stream.OUT);
    }

    /// Whether progress is read by a person.
    public boolean errIsTerminal() {
        return world.terminals().isTerminal(Terminals.Stream.ERR);
    }

    /// Whether only results, warnings and errors are wanted.
    public boolean quiet() {
        return flag("quiet");
    }

    /// The style of standard output.
    public Style style() {
        return styleOf(Terminals.Stream.OUT);
    }

    /// The style of standard error.
    public Style errStyle() {
        return styleOf(Terminals.Stream.ERR);
    }

    // An option given on this line beats NO_COLOR (https://no-color.org).
    private Style styleOf(Terminals.Stream stream) {
        return switch (required("color")) {
            case "always" -> new Style(true);
            case "never" -> new Style(false);
            default ->
                new Style(environment().getOrDefault("NO_COLOR", "").isEmpty()
                        && !"dumb".equals(environment().get("TERM"))
                        && world.terminals().isTerminal(stream));
        };
    }

    /// How many columns a line may take: COLUMNS, or 80.
    public int width() {
        return width(environment());
    }

    static int width(Map<String, String> environment) {
        try {
            int columns = Integer.parseInt(environment.getOrDefault("COLUMNS", ""));
            return columns <= 0 ? DEFAULT_WIDTH : Math.clamp(columns, LEAST_WIDTH, MOST_WIDTH);
        } catch (NumberFormatException none) {
            return DEFAULT_WIDTH;
        }
    }

    /// Whether the locale can show more than ASCII: the first of LC_ALL, LC_CTYPE and LANG that is set decides (POSIX,
    /// Base Definitions, 8.2).
    public boolean unicode() {
        for (String variable : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            String value = environment().getOrDefault(variable, "");
            if (!value.isEmpty()) {
                String upper = value.toUpperCase(Locale.ROOT);
                return upper.contains("UTF-8") || upper.contains("UTF8");
            }
        }
        return false;
    }

    /// All commands of the program.
    public CommandTable table() {
        return table;
    }

    private OptionSpec declared(String option) {
        for (OptionSpec spec : declared) {
            if (spec.name().equals(option)) {
                return spec;
            }
        }
        throw new IllegalArgumentException("the command declares no option --" + option);
    }
}
