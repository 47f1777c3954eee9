package dev.kubepki.pki.trust;

import java.util.List;

/// Runs the programs of the system.
public interface SystemCommands {
    /// What a program answered.
    ///
    /// @param exitCode 127 where it could not be started, as shells say it
    /// @param output both of its streams, in the order written
    record Outcome(int exitCode, String output) {}

    /// Runs a program to its end, with nothing on its standard input.
    Outcome run(List<String> command) throws InterruptedException;

    /// The real ones.
    static SystemCommands ofThisSystem() {
        return new ProcessCommands();
    }
}
