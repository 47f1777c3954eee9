package dev.kubepki.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.files.HostNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs the commands of the documents in one shell, in order, and compares what they print with what is shown.
///
/// A shown line `...` stands for any lines.
class DocumentsTest {
    private static final Path ROOT =
            Path.of(System.getProperty("kubepki.root")).toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @TempDir
    private Path outputs;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/tutorial.md"})
    void showsWhatHappens(String document) throws Exception {
        List<ShownCommand> commands = ShownCommand.in(Files.readString(ROOT.resolve(document)));
        assertThat(commands).isNotEmpty();
        run(commands);
        PassingDetails details = new PassingDetails(
                HostNetwork.detect().name(), folder.toRealPath().toString());
        for (int i = 0; i < commands.size(); i++) {
            ShownCommand shown = commands.get(i);
            String place = document + ":" + shown.line() + ": $ " + shown.command();
            String printed = output(i + "");
            assertThat(output(i + ".exit").strip()).as(place + "\n" + printed).isEqualTo("0");
            assertThat(details.without(printed)).as(place).matches(pattern(details.without(shown.output())));
        }
    }

    @Test
    void readsCommandsOfSeveralLinesAndTheirOutput() {
        String document = "text\n```console\n$ cat <<END\n> a\n> END\na\n$ true\n```\n$ no\n";
        assertThat(ShownCommand.in(document))
                .containsExactly(new ShownCommand(3, "cat <<END\na\nEND", "a\n"), new ShownCommand(7, "true", ""));
    }

    @Test
    void noticesOutputThatIsNotShownAndShownOutputThatIsNot() {
        PassingDetails details = new PassingDetails("vm", "/tmp/x");
        String shown = "ca  2036-11-19T19:20:02Z  cp-1  192.0.2.11\n...\nend\n";
        Pattern pattern = pattern(details.without(shown));
        assertThat(details.without("ca 2040-01-01T00:00:00Z   vm 10.0.0.7\nmore\nend\n"))
                .matches(pattern);
        assertThat(details.without("cb 2040-01-01T00:00:00Z   vm 10.0.0.7\nmore\nend\n"))
                .doesNotMatch(pattern);
        assertThat(details.without("ca 2040-01-01T00:00:00Z   vm 10.0.0.7\nend\nmore\n"))
                .doesNotMatch(pattern);
    }

    private void run(List<ShownCommand> commands) throws IOException, InterruptedException {
        Files.createSymbolicLink(folder.resolve("kubepki"), ROOT.resolve("kubepki"));
        StringBuilder script = new StringBuilder("trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\n");
        for (int i = 0; i < commands.size(); i++) {
            // Braces and no subshell: variables and the working directory live on.
            script.append("{\n" + commands.get(i).command() + "\n} >\"$1/" + i + "\" 2>&1 </dev/null\n");
            script.append("echo $? >\"$1/" + i + ".exit\"\n");
        }
        Path file = Files.writeString(outputs.resolve("script"), script);
        ProcessBuilder shell = new ProcessBuilder("bash", file.toString(), outputs.toString());
        shell.directory(folder.toFile()).redirectErrorStream(true);
        shell.redirectOutput(outputs.resolve("shell").toFile());
        shell.environment().merge("PATH", ROOT.toString(), (path, root) -> root + ":" + path);
        Process process = shell.start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroy();
        }
    }

    private String output(String name) throws IOException {
        return Files.readString(outputs.resolve(name), StandardCharsets.UTF_8);
    }

    private static Pattern pattern(String shown) {
        return Pattern.compile(shown.lines()
                .map(line -> line.equals("...") ? "(?s:.*)" : Pattern.quote(line) + "\n")
                .collect(Collectors.joining()));
    }
}
