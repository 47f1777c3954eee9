package dev.kubepki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.cli.frame.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
    @Test
    void everyLineOfTheTrainingSucceedsWhereTheOnesBeforeItRan(@TempDir Path folder) {
        for (List<String> line : Training.LINES) {
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int exit = Main.run(
                    line.toArray(String[]::new),
                    InputStream.nullInputStream(),
                    new ByteArrayOutputStream(),
                    err,
                    Map.of(),
                    folder,
                    Clock.systemUTC());
            assertThat(exit)
                    .as("exit code of %s, which said: %s", line, err.toString(StandardCharsets.UTF_8))
                    .isZero();
        }
    }

    @Test
    void theServerOfTheTrainingAnswersEachRequest(@TempDir Path folder) {
        Surroundings here = Surroundings.ofThisProcess();
        Surroundings world = new Surroundings(
                InputStream.nullInputStream(),
                new ByteArrayOutputStream(),
                new ByteArrayOutputStream(),
                Map.of(),
                folder,
                Clock.systemUTC(),
                here.terminals());
        assertThat(TrainingServer.run(folder, world)).isTrue();
    }
}
