package dev.kubepki.cli.frame;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/// All that the program knows of the world around it; nothing is taken from static places anywhere else.
///
/// @param in standard input
/// @param out standard output, raw: the frame buffers it
/// @param err standard error, raw
/// @param environment the environment variables
/// @param workingDirectory what relative paths start from
/// @param clock the time
/// @param terminals which streams are terminals
public record Surroundings(
        InputStream in,
        OutputStream out,
        OutputStream err,
        Map<String, String> environment,
        Path workingDirectory,
        Clock clock,
        Terminals terminals) {

    /// Those of this process.
    public static Surroundings ofThisProcess() {
        return new Surroundings(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                ProcessTerminals.ofThisProcess());
    }
}
