package dev.kubepki.cli;

import dev.kubepki.cli.frame.Program;
import dev.kubepki.cli.frame.Surroundings;
import dev.kubepki.cli.frame.Terminals;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/// The program `kubepki`.
public final class Main {
    private Main() {}

    static void main(String[] args) {
        Program.exit(run(args, Surroundings.ofThisProcess()));
    }

    static int run(
            String[] args,
            InputStream in,
            OutputStream out,
            OutputStream err,
            Map<String, String> environment,
            Path workingDirectory,
            Clock clock) {
        return run(args, new Surroundings(in, out, err, environment, workingDirectory, clock, Terminals.none()));
    }

    static int run(String[] args, Surroundings world) {
        return Program.run(Commands.table(), world, args);
    }
}
