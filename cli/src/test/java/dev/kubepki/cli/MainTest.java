package dev.kubepki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return Main.run(args, InputStream.nullInputStream(), out, err, Map.of(), Path.of("/"), Clock.systemUTC());
    }

    @Test
    void printsItsVersion() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("kubepki " + Build.VERSION + "\n");
    }

    @Test
    void printsHelpWithoutACommand() {
        assertThat(run()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: kubepki COMMAND [options]\n");
        assertThat(err.size()).isZero();
    }

    @Test
    void refusesAnUnknownCommandOnStandardErrorAlone() {
        assertThat(run("lst")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("error: unknown command 'lst'\n");
        assertThat(out.size()).isZero();
    }
}
