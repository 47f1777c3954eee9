package dev.kubepki.cli.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.cli.Commands;
import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.CommandTable;
import dev.kubepki.cli.frame.Operands;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.OutputFormat;
import dev.kubepki.cli.frame.ValueKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Runs the script in a real bash, which splits words at `=` as readline does.
class BashCompletionTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        Files.createDirectory(folder.resolve("demo"));
        Files.createDirectory(folder.resolve("de mo"));
        Files.writeString(folder.resolve("demo.crt"), "");
    }

    private static CommandTable table() {
        CommandSpec list = CommandSpec.named("list", "List it")
                .operands(Operands.between(0, 1, "[FILE]", ValueKind.FILE))
                .options(
                        OptionSpec.directory("dir", "DIR", "the folder").letter('d'),
                        OptionSpec.output(OutputFormat.TABLE, OutputFormat.JSON),
                        OptionSpec.text("san", "NAME", "a name; it's one more"),
                        OptionSpec.duration("due", "TIME", "soon").impliedValue("90d"))
                .runs(() -> in -> 0);
        CommandSpec install = CommandSpec.named("install", "Install it")
                .operands(Operands.atLeast(0, "[FAMILY...]", ValueKind.TEXT).completedFrom(List.of("debian", "rhel")))
                .runs(() -> in -> 0);
        CommandSpec trust = CommandSpec.named("trust", "Trust it")
                .groups(install, CommandSpec.named("remove", "Remove it").runs(() -> in -> 0));
        List<CommandTable.Entry> entries = new ArrayList<>();
        for (CommandSpec command : List.of(list, trust)) {
            entries.add(new CommandTable.Entry(CommandTable.Group.LOOK, command.name(), () -> command));
        }
        return new CommandTable("prog", "1", "A program.", failure -> false, entries);
    }

    private List<String> completed(CommandTable table, String program, List<String> words)
            throws IOException, InterruptedException {
        String harness = Shell.BASH.script(table) + "\nCOMP_WORDS=(\"$@\")\nCOMP_CWORD=$(($# - 1))\n_" + program
                + "\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";
        List<String> command = new ArrayList<>(List.of("bash", "--norc", "-uc", harness, "bash"));
        command.addAll(words);
        Path out = folder.resolveSibling(folder.getFileName() + ".out");
        Process bash = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(out, StandardCharsets.UTF_8);
        Files.delete(out);
        return printed.isBlank() ? List.of() : printed.lines().sorted().toList();
    }

    /// Words are separated by one blank; `_` stands for the empty word at the end.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "prog _|help list trust",
                "prog l|list",
                "prog help t|trust",
                "prog --c|--color",
                "prog --color _|always auto never",
                "prog --color always l|list",
                "prog list --d|--dir --due",
                "prog list -|--color --dir --due --help --output --quiet --san",
                "prog list --output _|json table",
                "prog list --output = j|json",
                "prog list --output =|json table",
                "prog list --output=j|--output=json",
                "prog list -o t|table",
                "prog list --output json -o t|table",
                "prog list --due demo.c|demo.crt",
                "prog list --due = 3|''",
                "prog list --san _|''",
                "prog list --san list --o|--output",
                "prog list -- --o|''",
                "prog list demo.c|demo.crt",
                "prog list -d demo|demo",
                "prog list --dir = demo|demo",
                "prog list --dir=demo|--dir=demo",
                "prog trust _|install remove",
                "prog trust -q re|remove",
                "prog trust install _|debian rhel",
                "prog trust install debian r|rhel",
                "prog trust remove _|''",
                "prog nothing _|help list trust",
            })
    void completes(String line, String expected) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        if (words.getLast().equals("_")) {
            words.set(words.size() - 1, "");
        }
        assertThat(completed(table(), "prog", words))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
    }

    @Test
    void keepsBlanksInFileNames() throws IOException, InterruptedException {
        assertThat(completed(table(), "prog", List.of("prog", "list", "--dir", "de")))
                .containsExactly("de mo", "demo");
    }

    @Test
    void completesTheRealProgram() throws IOException, InterruptedException {
        assertThat(completed(Commands.table(), "kubepki", List.of("kubepki", "completion", "")))
                .containsExactly("bash", "fish", "zsh");
        assertThat(completed(Commands.table(), "kubepki", List.of("kubepki", "doc")))
                .isEmpty();
    }
}
