package dev.kubepki.cli.frame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Asks a person yes or no, and nobody else.
public final class Prompt {
    private Prompt() {}

    /// Asks on standard error; anything but `y` or `yes` is no.
    ///
    /// @param question without its question mark
    /// @param option the option that answers yes without being asked, such as `--yes`
    /// @throws UsageException where standard input is no terminal
    public static boolean confirm(Invocation in, String question, String option) throws IOException {
        if (!in.inIsTerminal()) {
            throw new UsageException(
                    question + "? Nobody is there to answer: standard input is not a terminal",
                    "Give " + option + " to say yes.");
        }
        in.err().print(question + "? [y/N] ");
        in.err().flush();
        String answer = firstLine(in.in()).strip().toLowerCase(Locale.ROOT);
        return answer.equals("y") || answer.equals("yes");
    }

    /// Asks for what nobody shall see, on standard error, without an echo. The caller knows that standard input is a
    /// terminal.
    ///
    /// @param question without its colon
    public static String secret(Invocation in, String question) throws IOException {
        in.err().print(question + ": ");
        in.err().flush();
        Thread restore = new Thread(() -> in.terminals().echo(true));
        Runtime.getRuntime().addShutdownHook(restore);
        in.terminals().echo(false);
        try {
            return line(in);
        } finally {
            in.terminals().echo(true);
            Runtime.getRuntime().removeShutdownHook(restore);
            in.err().println();
        }
    }

    /// The next line of standard input, without its end.
    public static String line(Invocation in) throws IOException {
        String line = firstLine(in.in());
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private static String firstLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            line.write(octet);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
