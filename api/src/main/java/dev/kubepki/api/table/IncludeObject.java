package dev.kubepki.api.table;

import java.util.Optional;

/// What each row carries of its object: the query parameter `includeObject`.
public enum IncludeObject {
    NONE,
    METADATA,
    OBJECT;

    /// From `None`, `Metadata` (or nothing) and `Object`; empty for another text.
    public static Optional<IncludeObject> parse(String text) {
        return switch (text) {
            case "None" -> Optional.of(NONE);
            case "", "Metadata" -> Optional.of(METADATA);
            case "Object" -> Optional.of(OBJECT);
            default -> Optional.empty();
        };
    }
}
