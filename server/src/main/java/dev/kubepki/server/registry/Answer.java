package dev.kubepki.server.registry;

import tools.jackson.databind.node.ObjectNode;

/// What an operation answers: the object (or a Status) in the version of the call, and the HTTP status.
public record Answer(int code, ObjectNode object) {}
