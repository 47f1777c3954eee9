package dev.kubepki.pki.document;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Values under names, in the order in which they were written. No name comes twice.
public final class Mapping implements Node {
    /// One name and its value.
    ///
    /// @param line where the name stands, from 1; 0 if made, not read
    /// @param column where the name stands, from 1; 0 if made, not read
    public record Entry(String key, Node value, int line, int column) {}

    private static final Mapping EMPTY = new Mapping(Map.of(), 0, 0);

    private final Map<String, Entry> entries;
    private final int line;
    private final int column;

    private Mapping(Map<String, Entry> entries, int line, int column) {
        this.entries = Collections.unmodifiableMap(entries);
        this.line = line;
        this.column = column;
    }

    /// A mapping of these entries.
    ///
    /// @throws IllegalArgumentException if a name comes twice
    public static Mapping of(List<Entry> entries, int line, int column) {
        Map<String, Entry> byKey = LinkedHashMap.newLinkedHashMap(entries.size());
        for (Entry entry : entries) {
            if (byKey.putIfAbsent(entry.key(), entry) != null) {
                throw new IllegalArgumentException("the name " + entry.key() + " comes twice");
            }
        }
        return new Mapping(byKey, line, column);
    }

    public static Mapping of() {
        return EMPTY;
    }

    public static Mapping of(String key, Node value) {
        return EMPTY.with(key, value);
    }

    public static Mapping of(String key, String value) {
        return EMPTY.with(key, value);
    }

    /// A mapping of the values in the map's own order.
    public static Mapping of(Map<String, ? extends Node> values) {
        Map<String, Entry> entries = LinkedHashMap.newLinkedHashMap(values.size());
        values.forEach((key, value) -> entries.put(key, new Entry(key, value, 0, 0)));
        return new Mapping(entries, 0, 0);
    }

    /// A mapping of strings, in the map's own order.
    public static Mapping ofStrings(Map<String, String> texts) {
        Map<String, Node> values = LinkedHashMap.newLinkedHashMap(texts.size());
        texts.forEach((key, text) -> values.put(key, Scalar.of(text)));
        return of(values);
    }

    /// This mapping with the value under the name: in its old place if the name is there already, else at the end.
    public Mapping with(String key, Node value) {
        Map<String, Entry> changed = new LinkedHashMap<>(entries);
        Entry old = entries.get(key);
        changed.put(key, old == null ? new Entry(key, value, 0, 0) : new Entry(key, value, old.line, old.column));
        return new Mapping(changed, line, column);
    }

    public Mapping with(String key, String value) {
        return with(key, Scalar.of(value));
    }

    public Mapping with(String key, long value) {
        return with(key, Scalar.of(value));
    }

    public Mapping with(String key, boolean value) {
        return with(key, Scalar.of(value));
    }

    /// This mapping with the value under the name if there is one, else as it is.
    public Mapping withOptional(String key, Optional<String> value) {
        return value.isPresent() ? with(key, value.get()) : this;
    }

    /// This mapping without the name; itself if the name isn't there.
    public Mapping without(String key) {
        if (!entries.containsKey(key)) {
            return this;
        }
        Map<String, Entry> changed = new LinkedHashMap<>(entries);
        changed.remove(key);
        return new Mapping(changed, line, column);
    }

    public Optional<Node> get(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /// The text under the name, if there is a string.
    public Optional<String> string(String key) {
        return get(key).filter(Scalar.class::isInstance)
                .map(Scalar.class::cast)
                .filter(Scalar::isString)
                .map(Scalar::text);
    }

    /// The mapping under the name, if there is one.
    public Optional<Mapping> mapping(String key) {
        return get(key).filter(Mapping.class::isInstance).map(Mapping.class::cast);
    }

    /// The list under the name, if there is one.
    public Optional<Sequence> sequence(String key) {
        return get(key).filter(Sequence.class::isInstance).map(Sequence.class::cast);
    }

    Entry entry(String key) {
        return Objects.requireNonNull(entries.get(key));
    }

    public Set<String> keys() {
        return entries.keySet();
    }

    public Collection<Entry> entries() {
        return entries.values();
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public int line() {
        return line;
    }

    @Override
    public int column() {
        return column;
    }

    @Override
    public String described() {
        return "a mapping";
    }

    /// Equal values under equal names; the order doesn't count, as in JSON.
    @Override
    public boolean equals(Object other) {
        return other instanceof Mapping that
                && keys().equals(that.keys())
                && entries().stream().allMatch(entry -> that.get(entry.key).equals(Optional.of(entry.value)));
    }

    @Override
    public int hashCode() {
        return entries.values().stream()
                .mapToInt(entry -> entry.key.hashCode() ^ entry.value.hashCode())
                .sum();
    }

    @Override
    public String toString() {
        return "a mapping of " + entries.keySet() + " at line " + line;
    }
}
