package dev.kubepki.cli.frame;

import java.util.ArrayList;
import java.util.List;

/// One option of a command. Made by the factories below and refined by the methods that return a changed copy:
/// `OptionSpec.directory("dir", "DIR", "the folder …").defaultsTo("/etc/kubernetes")`.
///
/// @param name the long name without dashes
/// @param letter the short letter, or [#NO_LETTER]
/// @param valueName what help calls the value, upper case; empty for a flag
/// @param kind what the value is
/// @param impliedValue for an option that may stand without a value (`--due[=90d]`): what it then means; else empty
/// @param repeatable whether it may be given more than once
/// @param required whether it must be given
/// @param defaultText what holds when it is not given, as help shows it; empty for nothing to say
/// @param description one sentence or two, lower case, no full stop at the end
/// @param group heading in the help under which it stands; empty for the plain "Options"
/// @param choices the words allowed for [ValueKind#CHOICE]
public record OptionSpec(
        String name,
        char letter,
        String valueName,
        ValueKind kind,
        String impliedValue,
        boolean repeatable,
        boolean required,
        String defaultText,
        String description,
        String group,
        List<String> choices) {

    /// The [#letter] of an option that has none.
    public static final char NO_LETTER = 0;

    private static final String OUTPUT = "output";

    /// An option that is there or is not.
    public static OptionSpec flag(String name, String description) {
        return plain(name, "", ValueKind.NONE, description, List.of());
    }

    /// An option with any text.
    public static OptionSpec text(String name, String valueName, String description) {
        return plain(name, valueName, ValueKind.TEXT, description, List.of());
    }

    /// An option that names a file.
    public static OptionSpec file(String name, String valueName, String description) {
        return plain(name, valueName, ValueKind.FILE, description, List.of());
    }

    /// An option that names a folder.
    public static OptionSpec directory(String name, String valueName, String description) {
        return plain(name, valueName, ValueKind.DIRECTORY, description, List.of());
    }

    /// An option with a length of time such as `90d`, `12h` or `8760h0m0s`; see [DurationText].
    public static OptionSpec duration(String name, String valueName, String description) {
        return plain(name, valueName, ValueKind.DURATION, description, List.of());
    }

    /// An option with a whole number.
    public static OptionSpec integer(String name, String valueName, String description) {
        return plain(name, valueName, ValueKind.INTEGER, description, List.of());
    }

    /// An option that takes one of some words.
    public static OptionSpec choice(String name, String valueName, List<String> choices, String description) {
        return plain(name, valueName, ValueKind.CHOICE, description, choices);
    }

    /// `-o`, `--output`: the first form is what holds when the option is not given.
    public static OptionSpec output(OutputFormat first, OutputFormat... others) {
        List<String> words = new ArrayList<>();
        words.add(first.word());
        for (OutputFormat other : others) {
            words.add(other.word());
        }
        return choice(OUTPUT, "FORM", words, "the form of the output")
                .letter('o')
                .defaultsTo(first.word());
    }

    private static OptionSpec plain(
            String name, String valueName, ValueKind kind, String description, List<String> choices) {
        return new OptionSpec(
                name, NO_LETTER, valueName, kind, "", false, false, "", description, "", List.copyOf(choices));
    }

    /// With a short letter.
    public OptionSpec letter(char short1) {
        return new OptionSpec(
                name,
                short1,
                valueName,
                kind,
                impliedValue,
                repeatable,
                required,
                defaultText,
                description,
                group,
                choices);
    }

    /// May stand without a value and then means this one; a value is only read after `=`.
    public OptionSpec impliedValue(String implied) {
        return new OptionSpec(
                name, letter, valueName, kind, implied, repeatable, required, defaultText, description, group, choices);
    }

    /// May be given more than once.
    public OptionSpec repeated() {
        return new OptionSpec(
                name, letter, valueName, kind, impliedValue, true, required, defaultText, description, group, choices);
    }

    /// Must be given.
    public OptionSpec mandatory() {
        return new OptionSpec(
                name,
                letter,
                valueName,
                kind,
                impliedValue,
                repeatable,
                true,
                defaultText,
                description,
                group,
                choices);
    }

    /// What holds when it is not given. Typed access returns it too, if the option takes a value.
    public OptionSpec defaultsTo(String text) {
        return new OptionSpec(
                name, letter, valueName, kind, impliedValue, repeatable, required, text, description, group, choices);
    }

    /// Under this heading in the help.
    public OptionSpec under(String heading) {
        return new OptionSpec(
                name,
                letter,
                valueName,
                kind,
                impliedValue,
                repeatable,
                required,
                defaultText,
                description,
                heading,
                choices);
    }

    /// Whether a value belongs to it.
    public boolean takesValue() {
        return kind != ValueKind.NONE;
    }

    /// Whether it may stand without its value.
    public boolean valueMayBeAbsent() {
        return !impliedValue.isEmpty();
    }

    /// Whether it has a short letter.
    public boolean hasLetter() {
        return letter != NO_LETTER;
    }

    String dashed() {
        return "--" + name;
    }
}
