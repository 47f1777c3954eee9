package dev.kubepki.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessTerminalsTest {
    @TempDir
    private Path descriptors;

    @ParameterizedTest
    @CsvSource({
        "/dev/pts/3,true",
        "/dev/tty1,true",
        "/dev/ttyS0,true",
        "/dev/console,true",
        "/dev/null,false",
        "pipe:[4711],false",
        "/home/me/dev/pts/3,false",
    })
    void knowsATerminalByWhereItsDescriptorLeads(String target, boolean terminal) throws IOException {
        Files.createSymbolicLink(descriptors.resolve("2"), Path.of(target));
        assertThat(new ProcessTerminals(descriptors).isTerminal(Terminals.Stream.ERR))
                .isEqualTo(terminal);
    }

    @Test
    void takesAClosedStreamForNoTerminal() {
        assertThat(new ProcessTerminals(descriptors).isTerminal(Terminals.Stream.OUT))
                .isFalse();
    }
}
