package dev.kubepki.cli.frame;

/// Which of the three standard streams a person sits at.
@FunctionalInterface
public interface Terminals {

    /// The standard streams, by their number.
    enum Stream {
        IN(0),
        OUT(1),
        ERR(2);

        private final int descriptor;

        Stream(int descriptor) {
            this.descriptor = descriptor;
        }

        int descriptor() {
            return descriptor;
        }
    }

    /// Whether the stream is a terminal.
    boolean isTerminal(Stream stream);

    /// Lets the terminal of standard input show what is typed, or not.
    ///
    /// @throws UsageException where it can't be made to hide it
    default void echo(boolean shown) {}

    /// No terminal anywhere: pipes, files, tests.
    static Terminals none() {
        return stream -> false;
    }
}
