package dev.kubepki.pki.inspect;

import dev.kubepki.pki.inspect.Facts.Fact;
import dev.kubepki.pki.inspect.Facts.Note;
import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.x509.X509Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gathers facts in the order in which they will be shown.
final class FactsBuilder {
    private final String kind;
    private final String title;
    private final List<Fact> facts = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();

    FactsBuilder(String kind, String title) {
        this.kind = kind;
        this.title = title;
    }

    Facts build() {
        return new Facts(kind, title, List.copyOf(facts), List.copyOf(notes));
    }

    FactsBuilder text(String key, String label, String text) {
        facts.add(new Fact(key, label, new Facts.Text(text)));
        return this;
    }

    FactsBuilder text(String key, String label, Optional<String> text) {
        text.ifPresent(present -> text(key, label, present));
        return this;
    }

    /// Nothing where there are none.
    FactsBuilder texts(String key, String label, List<String> texts) {
        if (!texts.isEmpty()) {
            facts.add(new Fact(key, label, new Facts.Texts(List.copyOf(texts))));
        }
        return this;
    }

    FactsBuilder number(String key, String label, long number) {
        facts.add(new Fact(key, label, new Facts.Count(number)));
        return this;
    }

    FactsBuilder truth(String key, String label, boolean truth) {
        facts.add(new Fact(key, label, new Facts.Truth(truth)));
        return this;
    }

    FactsBuilder inner(String key, String label, List<Facts> things) {
        if (!things.isEmpty()) {
            facts.add(new Fact(key, label, new Facts.Inner(List.copyOf(things))));
        }
        return this;
    }

    FactsBuilder warn(String text) {
        notes.add(new Note(true, text));
        return this;
    }

    FactsBuilder info(String text) {
        notes.add(new Note(false, text));
        return this;
    }

    /// A part that may be damaged: its facts, or a warning in their place.
    FactsBuilder attempt(Runnable part) {
        try {
            part.run();
        } catch (X509Failure | KeyFailure e) {
            warn(String.valueOf(e.getMessage()));
        }
        return this;
    }
}
