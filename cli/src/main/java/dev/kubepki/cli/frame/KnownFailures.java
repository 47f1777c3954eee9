package dev.kubepki.cli.frame;

/// Tells failures whose message was written for people from those that nobody foresaw.
@FunctionalInterface
public interface KnownFailures {

    /// Whether the message is a sentence for people without anything secret in it.
    boolean speaksForItself(RuntimeException failure);
}
