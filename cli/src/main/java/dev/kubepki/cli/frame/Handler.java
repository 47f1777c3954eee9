package dev.kubepki.cli.frame;

/// What a command does once its line has been read and checked.
@FunctionalInterface
public interface Handler {

    /// Runs the command and returns its exit code, one of [ExitCode].
    ///
    /// @throws UsageException where the line is wrong in a way that the table could not express: exit code 2
    /// @throws CommandFailure where the work could not be done: exit code 1
    int run(Invocation in) throws Exception;
}
