package dev.kubepki.cli;

/// What this build is.
final class Build {
    /// A constant, because reading it from the jar would cost more than all the rest of `--version`.
    static final String VERSION = "0.1.0-SNAPSHOT";

    private Build() {}
}
