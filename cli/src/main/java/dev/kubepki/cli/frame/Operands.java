package dev.kubepki.cli.frame;

import java.util.List;

/// The words of a command line that are no options.
///
/// @param text how the usage line shows them, such as `[NAME...]`; empty for none
/// @param least how many there must be
/// @param most how many there may be
/// @param kind what they are, for completion
/// @param choices the words to complete, for [ValueKind#CHOICE]; others are left to the command to judge
public record Operands(String text, int least, int most, ValueKind kind, List<String> choices) {
    private static final int ANY = Integer.MAX_VALUE;

    /// No operands at all.
    public static Operands none() {
        return new Operands("", 0, 0, ValueKind.NONE, List.of());
    }

    /// Between `least` and `most` of a kind.
    public static Operands between(int least, int most, String text, ValueKind kind) {
        return new Operands(text, least, most, kind, List.of());
    }

    /// At least so many of a kind.
    public static Operands atLeast(int least, String text, ValueKind kind) {
        return new Operands(text, least, ANY, kind, List.of());
    }

    /// The same, completed from these words.
    public Operands completedFrom(List<String> words) {
        return new Operands(text, least, most, ValueKind.CHOICE, List.copyOf(words));
    }
}
