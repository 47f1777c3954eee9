package dev.kubepki.cli.frame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.jspecify.annotations.Nullable;

/// Takes a command's line apart, GNU style: `--name=value`, `--name value`, `-n value`, `-nvalue`, flags run together,
/// options after operands, `--` ends the options. The only class that knows the parser library.
///
/// The library guesses where a word could be read in two ways (`-dir` as `--dir`, `--unknown` as a value), so each
/// word that looks like an option is checked first and refused where it is not exactly one of the declared options.
final class OptionParser {
    private static final String END_OF_OPTIONS = "--";

    private final List<OptionSpec> declared;

    OptionParser(List<OptionSpec> declared) {
        this.declared = declared;
    }

    ParsedLine parse(List<String> words) {
        CommandLine line = read(checked(words));
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (Option option : line.getOptions()) {
            OptionSpec spec = byName(option.getLongOpt());
            List<String> values = given.computeIfAbsent(spec.name(), name -> new ArrayList<>());
            if (spec.takesValue()) {
                if (!values.isEmpty() && !spec.repeatable()) {
                    throw new UsageException("option " + spec.dashed() + " is given twice");
                }
                values.add(valid(spec, String.valueOf(option.getValue())));
            }
        }
        return new ParsedLine(given, List.copyOf(line.getArgList()));
    }

    /// Refuses what was not given and must be, and too many or too few operands.
    static void requireComplete(List<OptionSpec> declared, Operands operands, ParsedLine line) {
        for (OptionSpec option : declared) {
            if (option.required() && !line.has(option.name())) {
                throw new UsageException("option " + option.dashed() + " is required");
            }
        }
        int count = line.operands().size();
        if (count < operands.least()) {
            throw new UsageException("something is missing on the command line: " + operands.text());
        }
        if (count > operands.most()) {
            String extra = line.operands().get(operands.most());
            throw new UsageException(
                    operands.most() == 0
                            ? "'" + extra + "' is one word too many: there is nothing to name here but options"
                            : "'" + extra + "' is one word too many: expected " + operands.text());
        }
    }

    private CommandLine read(String[] words) {
        Options options = new Options();
        for (OptionSpec spec : declared) {
            options.addOption(Option.builder(spec.hasLetter() ? String.valueOf(spec.letter()) : null)
                    .longOpt(spec.name())
                    .hasArg(spec.takesValue())
                    .get());
        }
        try {
            return DefaultParser.builder()
                    .setAllowPartialMatching(false)
                    .setStripLeadingAndTrailingQuotes(false)
                    .get()
                    .parse(options, words);
        } catch (MissingArgumentException missing) {
            OptionSpec spec = byName(missing.getOption().getLongOpt());
            throw new UsageException(
                    "option " + spec.dashed() + " needs a value: " + spec.dashed() + "=" + spec.valueName());
        } catch (UnrecognizedOptionException unknown) {
            throw new UsageException("unknown option '" + unknown.getOption() + "'");
        } catch (ParseException other) {
            throw new UsageException(String.valueOf(other.getMessage()));
        }
    }

    private String[] checked(List<String> words) {
        String[] result = words.toArray(new String[0]);
        for (int i = 0; i < result.length && !result[i].equals(END_OF_OPTIONS); i++) {
            String word = result[i];
            if (word.startsWith("--")) {
                result[i] = checkedLong(word);
            } else if (looksLikeLetters(word)) {
                checkLetters(word);
            }
        }
        return result;
    }

    // A lone dash is standard input and "-5" is a number; neither is an option.
    private static boolean looksLikeLetters(String word) {
        return word.length() > 1 && word.charAt(0) == '-' && !Character.isDigit(word.charAt(1));
    }

    private String checkedLong(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
        OptionSpec spec = find(name);
        if (spec == null) {
            throw unknown("--" + name, name);
        }
        if (equals >= 0 && !spec.takesValue()) {
            throw new UsageException("option " + spec.dashed() + " takes no value");
        }
        return equals < 0 && spec.valueMayBeAbsent() ? word + "=" + spec.impliedValue() : word;
    }

    private void checkLetters(String word) {
        String letters = word.substring(1);
        for (OptionSpec spec : declared) {
            if (letters.startsWith(spec.name())) {
                throw new UsageException("unknown option '" + word + "'", "Did you mean " + spec.dashed() + "?");
            }
        }
        for (int i = 0; i < letters.length(); i++) {
            OptionSpec spec = find(letters.charAt(i));
            if (spec == null) {
                throw i == 0
                        ? unknown(word, letters)
                        : new UsageException("unknown option '-" + letters.charAt(i) + "' in '" + word + "'");
            }
            if (spec.takesValue()) {
                return;
            }
        }
    }

    private UsageException unknown(String shown, String name) {
        List<String> names = new ArrayList<>();
        for (OptionSpec spec : declared) {
            names.add(spec.name());
        }
        List<String> near = Nearest.to(name, names);
        String message = "unknown option '" + shown + "'";
        return near.isEmpty()
                ? new UsageException(message)
                : new UsageException(message, "Did you mean --" + String.join(" or --", near) + "?");
    }

    private static String valid(OptionSpec spec, String value) {
        switch (spec.kind()) {
            case CHOICE -> {
                if (!spec.choices().contains(value)) {
                    throw new UsageException("option " + spec.dashed() + " can't be '" + value + "'; it is one of "
                            + String.join(", ", spec.choices()));
                }
            }
            case DURATION -> {
                if (DurationText.parse(value).isEmpty()) {
                    throw new UsageException(noDuration(spec.name(), value));
                }
            }
            case INTEGER -> {
                try {
                    Integer.parseInt(value);
                } catch (NumberFormatException none) {
                    throw new UsageException("option " + spec.dashed() + " needs a whole number, not '" + value + "'");
                }
            }
            case FILE, DIRECTORY -> {
                if (value.isEmpty()) {
                    throw new UsageException("option " + spec.dashed() + " needs a path; it is empty");
                }
            }
            case TEXT, NONE -> {}
        }
        return value;
    }

    static String noDuration(String option, String value) {
        return "option --" + option + " needs a length of time such as 90d, 12h or 1y, not '" + value + "'";
    }

    private OptionSpec byName(String name) {
        OptionSpec found = find(name);
        if (found == null) {
            throw new IllegalStateException("the parser knows an option that nobody declared: " + name);
        }
        return found;
    }

    private @Nullable OptionSpec find(String name) {
        for (OptionSpec spec : declared) {
            if (spec.name().equals(name)) {
                return spec;
            }
        }
        return null;
    }

    private @Nullable OptionSpec find(char letter) {
        for (OptionSpec spec : declared) {
            if (spec.letter() == letter) {
                return spec;
            }
        }
        return null;
    }
}
