package dev.kubepki.acceptance.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.acceptance.house.Shell;
import java.io.IOException;
import java.nio.file.Path;

/// The program of this checkout, started as a person types it.
record Kubepki(Path program, Shell shell) {
    static Kubepki in(Path folder) {
        Path root = Path.of(System.getProperty("kubepki.root")).toAbsolutePath().normalize();
        return new Kubepki(root.resolve("kubepki"), new Shell(folder, System.getenv()));
    }

    Shell.Result run(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = program.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return shell.run(command);
    }

    /// What it prints on its standard output; an error if it fails.
    String done(String... arguments) throws IOException, InterruptedException {
        Shell.Result result = run(arguments);
        assertThat(result.exit())
                .as("kubepki %s: %s%s", String.join(" ", arguments), result.out(), result.err())
                .isZero();
        return result.out();
    }
}
