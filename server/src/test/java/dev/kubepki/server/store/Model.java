package dev.kubepki.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// A store as plainly as it can be thought: all writes in a row. Texts stand for values, and nothing is fast.
final class Model {
    /// A write; an empty value is a removal.
    record Entry(long revision, String key, Optional<String> value, long previous, Optional<String> before) {}

    private final List<Entry> entries = new ArrayList<>();
    private long revision;
    private long compacted;

    Model(long revision) {
        this.revision = revision;
    }

    long revision() {
        return revision;
    }

    long compacted() {
        return compacted;
    }

    void compact(long to) {
        compacted = Math.max(compacted, to);
    }

    /// What was there at a revision, by key.
    NavigableMap<String, Entry> at(long moment) {
        NavigableMap<String, Entry> state = new TreeMap<>();
        for (Entry entry : entries) {
            if (entry.revision() > moment) {
                break;
            }
            if (entry.value().isPresent()) {
                state.put(entry.key(), entry);
            } else {
                state.remove(entry.key());
            }
        }
        return state;
    }

    Optional<Entry> get(String key) {
        return Optional.ofNullable(at(revision).get(key));
    }

    List<Entry> changes(String prefix, long after) {
        return entries.stream()
                .filter(each -> each.revision() > after && each.key().startsWith(prefix))
                .toList();
    }

    Entry write(String key, Optional<String> value) {
        Optional<Entry> before = get(key);
        Entry entry =
                new Entry(++revision, key, value, before.map(Entry::revision).orElse(0L), before.flatMap(Entry::value));
        entries.add(entry);
        return entry;
    }
}
