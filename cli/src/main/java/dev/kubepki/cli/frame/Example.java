package dev.kubepki.cli.frame;

/// A command line that works as it stands, and what it does.
public record Example(String commandLine, String explanation) {}
