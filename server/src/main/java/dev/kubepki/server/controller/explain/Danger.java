package dev.kubepki.server.controller.explain;

/// Something about a request that its approver must know.
///
/// @param name for scripts, such as `masters-group`
/// @param meaning for people: what may come of it
public record Danger(String name, String meaning) {}
