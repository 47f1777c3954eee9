package dev.kubepki.server.registry.strategy;

import dev.kubepki.api.failure.Rendering;
import java.util.List;
import java.util.stream.Collectors;

/// The end of an "Unsupported value" text.
final class Supported {
    private Supported() {}

    static String values(List<String> values) {
        return values.stream().map(Rendering::quote).collect(Collectors.joining(", ", "supported values: ", ""));
    }
}
