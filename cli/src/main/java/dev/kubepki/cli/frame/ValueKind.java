package dev.kubepki.cli.frame;

/// What an option's value or an operand is: decides how it is checked and what completion offers.
public enum ValueKind {
    NONE,
    TEXT,
    FILE,
    DIRECTORY,
    DURATION,
    INTEGER,
    CHOICE
}
