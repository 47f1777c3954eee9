package dev.kubepki.server.registry;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A decoded request body: the object, pruned to the known fields, and what strict decoding holds against it
/// (`unknown field "spec.foo"`, `duplicate field "spec.bar"`), in the order of the text.
public record Body(ObjectNode object, List<String> strictErrors) {}
