package dev.kubepki.cli.frame;

/// The exit codes of every command; `meaning` is the sentence that help prints.
public record ExitCode(int code, String meaning) {
    /// Done; warnings may have been printed.
    public static final int DONE = 0;

    /// The work could not be done.
    public static final int FAILED = 1;

    /// The command line is wrong; nothing was done.
    public static final int USAGE = 2;

    /// The work was done and it found something that a person must look at.
    public static final int FINDINGS = 3;
}
