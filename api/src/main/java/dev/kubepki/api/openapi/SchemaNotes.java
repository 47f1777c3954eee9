package dev.kubepki.api.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is said of messages and fields beyond their types: which are required, and what they are for.
final class SchemaNotes {
    private static final String NOTES = "notes.txt";
    private static final String DESCRIPTIONS = "descriptions.txt";
    private static final String ATOMIC = ":atomic";
    private static final String RETAIN_KEYS = ":retainKeys";

    private final Map<String, List<String>> required = new HashMap<>();
    private final Set<String> atomic = new HashSet<>();
    private final Set<String> retainKeys = new HashSet<>();
    private final Map<String, String> descriptions = new HashMap<>();

    SchemaNotes(String notes, String descriptions) {
        readNotes(notes);
        readDescriptions(descriptions);
    }

    /// Those that the program has.
    static SchemaNotes load() {
        return new SchemaNotes(resource(NOTES), resource(DESCRIPTIONS));
    }

    private static String resource(String name) {
        try (InputStream in = SchemaNotes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readNotes(String text) {
        String prefix = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("[")) {
                prefix = line.substring(1, line.length() - 1) + ".";
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                readMessage(prefix, line.split(" "));
            }
        }
    }

    private void readMessage(String prefix, String[] words) {
        String message = prefix + words[0];
        List<String> fields = new ArrayList<>();
        for (String word : List.of(words).subList(1, words.length)) {
            if (word.equals(ATOMIC)) {
                atomic.add(message);
            } else if (word.endsWith(RETAIN_KEYS)) {
                retainKeys.add(message + "." + word.substring(0, word.length() - RETAIN_KEYS.length()));
            } else {
                fields.add(word);
            }
        }
        required.put(message, List.copyOf(fields));
    }

    private void readDescriptions(String text) {
        List<String> packages = List.of();
        for (String line : text.lines().toList()) {
            if (line.startsWith("[")) {
                packages = List.of(line.substring(1, line.length() - 1).split(" "));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                int equals = line.indexOf(" = ");
                String name = line.substring(0, equals);
                packages.forEach(each -> descriptions.put(each + "." + name, line.substring(equals + 3)));
            }
        }
    }

    /// All messages and fields of which something is said.
    Set<String> described() {
        return Set.copyOf(descriptions.keySet());
    }

    List<String> required(String message) {
        return required.getOrDefault(message, List.of());
    }

    boolean isAtomic(String message) {
        return atomic.contains(message);
    }

    boolean retainsKeys(String message, String field) {
        return retainKeys.contains(message + "." + field);
    }

    /// Empty when nothing is said.
    String description(String message) {
        return descriptions.getOrDefault(message, "");
    }

    /// Empty when nothing is said.
    String description(String message, String field) {
        return descriptions.getOrDefault(message + "." + field, "");
    }

    /// Of a field that every kind or list may have; empty when nothing is said.
    String common(String field) {
        return descriptions.getOrDefault("*.*." + field, "");
    }
}
