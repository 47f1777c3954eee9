package dev.kubepki.cli.frame;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The program: finds the command, reads its line, runs it, and says in one sentence what went wrong.
public final class Program {
    private final CommandTable table;
    private final Surroundings world;
    private final OutputSink sink;
    private final PrintStream out;
    private final PrintStream err;

    private Program(CommandTable table, Surroundings world) {
        this.table = table;
        this.world = world;
        this.sink = new OutputSink(world.out());
        this.out = new PrintStream(sink, false, StandardCharsets.UTF_8);
        this.err = new PrintStream(new After(out, world.err()), true, StandardCharsets.UTF_8);
    }

    /// Runs one command line.
    ///
    /// @return the exit code, see [ExitCode]
    public static int run(CommandTable table, Surroundings world, String... args) {
        return new Program(table, world).run(List.of(args));
    }

    /// Ends the process. Where all is well that is left to the virtual machine: `System.exit` first asks the logging
    /// system whether it wants to know (JDK 21 and up), which costs a third of the time that `--version` takes.
    public static void exit(int code) {
        if (code != ExitCode.DONE) {
            System.exit(code);
        }
    }

    private int run(List<String> words) {
        int code = guarded(words);
        out.flush();
        IOException failure = sink.failure();
        if (failure != null) {
            return failed("writing the output failed: " + FailureText.of(failure));
        }
        return code;
    }

    private int guarded(List<String> words) {
        CommandLookup lookup = new CommandLookup(table);
        try {
            return dispatch(lookup, words);
        } catch (UsageException wrong) {
            print(wrong.sentence(), wrong.hints());
            err.println("See '" + lookup.path() + " --help'.");
            return ExitCode.USAGE;
        } catch (CommandFailure failure) {
            print(failure.sentence(), failure.hints());
            return traced(failure);
        } catch (UncheckedIOException failure) {
            return refused(failure.getCause() == null ? new IOException(failure) : failure.getCause());
        } catch (IOException failure) {
            return refused(failure);
        } catch (RuntimeException failure) {
            return table.knownFailures().speaksForItself(failure) ? spoken(failure) : internal(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return failed("interrupted");
        } catch (Exception | StackOverflowError | OutOfMemoryError unexpected) {
            return internal(unexpected);
        }
    }

    private int dispatch(CommandLookup lookup, List<String> words) throws Exception {
        if (words.size() == 1 && words.getFirst().equals("--version")) {
            out.println(table.program() + " " + table.version());
            return ExitCode.DONE;
        }
        List<String> rest = lookup.descend(words);
        CommandSpec command = lookup.command();
        if (command == null) {
            return withoutCommand(rest);
        }
        if (GlobalOptions.askHelp(rest)) {
            out.print(HelpText.of(command, lookup.path(), width()));
            return ExitCode.DONE;
        }
        if (command.isGroup()) {
            throw lookup.missingSubcommand(command, rest);
        }
        List<OptionSpec> options = command.allOptions();
        ParsedLine line = new OptionParser(options).parse(rest);
        if (line.has("help")) {
            out.print(HelpText.of(command, lookup.path(), width()));
            return ExitCode.DONE;
        }
        OptionParser.requireComplete(options, command.operands(), line);
        return command.handler().get().run(new Invocation(table, options, line, world, out, err));
    }

    private int withoutCommand(List<String> rest) {
        if (!rest.isEmpty() && !GlobalOptions.askHelp(rest)) {
            ParsedLine line = new OptionParser(GlobalOptions.ofProgram()).parse(rest);
            OptionParser.requireComplete(GlobalOptions.ofProgram(), Operands.none(), line);
            if (line.has("version")) {
                out.println(table.program() + " " + table.version());
                return ExitCode.DONE;
            }
        }
        out.print(HelpText.ofProgram(table, width()));
        return ExitCode.DONE;
    }

    private int width() {
        return Invocation.width(world.environment());
    }

    private void print(String message, List<String> hints) {
        err.println("error: " + message);
        for (String hint : hints) {
            err.println(hint);
        }
    }

    private int failed(String message) {
        print(message, List.of());
        return ExitCode.FAILED;
    }

    private int spoken(RuntimeException failure) {
        print(String.valueOf(failure.getMessage()), List.of());
        return traced(failure);
    }

    private int refused(IOException failure) {
        print(FailureText.of(failure), List.of());
        return traced(failure);
    }

    private int traced(Exception failure) {
        if (debugging()) {
            err.print(StackTraceText.of(failure));
        }
        return ExitCode.FAILED;
    }

    // The message is not printed: nobody has judged whether it holds something secret.
    private int internal(Throwable unexpected) {
        if (debugging()) {
            err.print(StackTraceText.of(unexpected));
        }
        return failed("internal error: " + unexpected.getClass().getSimpleName()
                + "; run with KUBEPKI_DEBUG=1 for the stack trace");
    }

    private boolean debugging() {
        return "1".equals(world.environment().get("KUBEPKI_DEBUG"));
    }

    /// Keeps the two streams in order where they lead to the same place: what was printed before an error comes first.
    private static final class After extends FilterOutputStream {
        private final PrintStream first;

        After(PrintStream first, OutputStream then) {
            super(then);
            this.first = first;
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            first.flush();
            out.write(octets, offset, length);
        }
    }
}
