package dev.kubepki.pki.document;

import java.util.ArrayList;
import java.util.List;

/// A list of values.
///
/// @param items the values in their order
/// @param line from 1; 0 if made, not read
/// @param column from 1; 0 if made, not read
public record Sequence(List<Node> items, int line, int column) implements Node {
    public Sequence {
        items = List.copyOf(items);
    }

    public static Sequence of(List<? extends Node> items) {
        return new Sequence(List.copyOf(items), 0, 0);
    }

    public static Sequence of(Node... items) {
        return of(List.of(items));
    }

    /// A list of strings.
    public static Sequence ofStrings(List<String> texts) {
        return of(texts.stream().map(Scalar::of).toList());
    }

    /// This list with one value more at its end.
    public Sequence with(Node item) {
        List<Node> longer = new ArrayList<>(items);
        longer.add(item);
        return new Sequence(longer, line, column);
    }

    @Override
    public String described() {
        return "a list";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sequence that && items.equals(that.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    @Override
    public String toString() {
        return "a list of " + items.size() + " at line " + line;
    }
}
