package dev.kubepki.pki.inspect;

import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Scalar;
import dev.kubepki.pki.document.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is worth knowing about one thing, for people and for programs alike. Texts are as the file has them: whoever
/// prints them escapes what a terminal would act on ([SafeText]).
///
/// @param kind for programs, such as `Certificate`
/// @param title for people, such as `certificate`
public record Facts(String kind, String title, List<Fact> facts, List<Note> notes) {
    /// One fact.
    ///
    /// @param key for programs; empty for what only people want
    /// @param label for people; empty for what only programs want
    public record Fact(String key, String label, Value value) {}

    /// A remark.
    ///
    /// @param warning whether something is wrong, or dangerous
    public record Note(boolean warning, String text) {}

    /// A fact's value.
    public sealed interface Value {}

    /// A text.
    public record Text(String text) implements Value {}

    /// Several texts.
    public record Texts(List<String> texts) implements Value {}

    /// A whole number.
    public record Count(long number) implements Value {}

    /// Yes or no.
    public record Truth(boolean truth) implements Value {}

    /// Things inside the thing.
    public record Inner(List<Facts> things) implements Value {}

    /// For programs.
    public Mapping node() {
        Map<String, Node> values = new LinkedHashMap<>();
        values.put("kind", Scalar.of(kind));
        for (Fact fact : facts) {
            if (!fact.key().isEmpty()) {
                values.put(fact.key(), node(fact.value()));
            }
        }
        if (!notes.isEmpty()) {
            List<Node> remarks = new ArrayList<>();
            for (Note note : notes) {
                remarks.add(
                        Mapping.of("level", note.warning() ? "warning" : "info").with("text", note.text()));
            }
            values.put("notes", Sequence.of(remarks));
        }
        return Mapping.of(values);
    }

    private static Node node(Value value) {
        return switch (value) {
            case Text(String text) -> Scalar.of(text);
            case Texts(List<String> texts) -> Sequence.ofStrings(texts);
            case Count(long number) -> Scalar.of(number);
            case Truth(boolean truth) -> Scalar.of(truth);
            case Inner(List<Facts> things) ->
                Sequence.of(things.stream().map(Facts::node).toList());
        };
    }
}
