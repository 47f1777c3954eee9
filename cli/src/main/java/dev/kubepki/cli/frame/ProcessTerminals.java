package dev.kubepki.cli.frame;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Asks /proc where a stream leads. The JDK knows of a terminal only for standard input and output together
/// (`java.io.Console`), and loads its console for that.
final class ProcessTerminals implements Terminals {
    private final Path descriptors;

    ProcessTerminals(Path descriptors) {
        this.descriptors = descriptors;
    }

    static ProcessTerminals ofThisProcess() {
        return new ProcessTerminals(Path.of("/proc/self/fd"));
    }

    @Override
    public boolean isTerminal(Stream stream) {
        if (!Files.isDirectory(descriptors)) {
            return console();
        }
        try {
            String target = Files.readSymbolicLink(descriptors.resolve(String.valueOf(stream.descriptor())))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException closed) {
            return false;
        }
    }

    @SuppressWarnings("SystemConsoleNull") // the JDK documents null where there is no console at all
    private static boolean console() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
