package dev.kubepki.server.controller;

/// Keeps objects that follow from others, until it is closed.
public interface Keeper extends AutoCloseable {
    /// Begins.
    void start();

    @Override
    void close();
}
