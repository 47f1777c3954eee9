package dev.kubepki.server.controller;

import java.util.List;

/// Several that are switched on and off as one.
public record Together(List<Keeper> keepers) implements Keeper {
    /// Defensive copy.
    public Together {
        keepers = List.copyOf(keepers);
    }

    @Override
    public void start() {
        keepers.forEach(Keeper::start);
    }

    @Override
    public void close() {
        keepers.reversed().forEach(Keeper::close);
    }
}
