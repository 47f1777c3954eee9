package dev.kubepki.api.codec;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// A decoded document.
///
/// @param tree what it says
/// @param problems what strict decoding holds against it, in the order of the text: `unknown field "spec.foo"`,
///     `duplicate field "spec.bar"`
public record Decoded<T extends JsonNode>(T tree, List<String> problems) {}
