package dev.kubepki.api.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the descriptors do not say of messages, by lines: `@MESSAGE`, then `FIELD TRAITS` for each field that has
/// some, or `+FIELD NUMBER TYPE TRAITS` for one that the descriptors lack. `FIELD` is the name in the descriptors.
final class Overlay {
    private final Map<String, Map<String, List<String>>> traits = new HashMap<>();
    private final Map<String, List<String>> added = new LinkedHashMap<>();

    Overlay(String text) {
        String message = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("@")) {
                message = line.substring(1);
            } else if (line.startsWith("+")) {
                added.computeIfAbsent(message, key -> new ArrayList<>()).add(line.substring(1));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                List<String> words = List.of(line.split(" ", -1));
                traits.computeIfAbsent(message, key -> new HashMap<>())
                        .put(words.getFirst(), words.subList(1, words.size()));
            }
        }
    }

    /// The traits of a field, in the order of the file.
    List<String> traits(String message, String field) {
        return traits.getOrDefault(message, Map.of()).getOrDefault(field, List.of());
    }

    /// The lines of fields that the descriptors lack.
    List<String> added(String message) {
        return added.getOrDefault(message, List.of());
    }

    /// Messages of which a field is said or added here.
    Map<String, List<String>> addedMessages() {
        return added;
    }
}
