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

    /// By stty, as the JDK hides nothing unless standard output is a terminal too, and a certificate mostly goes to a
    /// file.
    @Override
    public void echo(boolean shown) {
        try {
            Process stty = new ProcessBuilder("stty", shown ? "echo" : "-echo")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (stty.waitFor() == 0 || shown) {
                return;
            }
        } catch (IOException e) {
            if (shown) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new UsageException(
                "this terminal can't hide what is typed", "Give the password with an option; --help names it.");
    }

    @SuppressWarnings("SystemConsoleNull") // the JDK documents null where there is no console at all
    private static boolean console() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
