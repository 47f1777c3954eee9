package dev.kubepki.pki.document;

import dev.kubepki.pki.document.Scalar.Kind;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an unquoted YAML scalar means to Go's YAML reader, version 2, which kubectl and kubeadm use: YAML 1.1's words
/// for true and false, octal numbers with a leading 0, underscores in numbers, but no base 60.
final class Resolver {
    /// @param text in its JSON form
    record Resolved(Kind kind, String text) {}

    private static final Resolved TRUE = new Resolved(Kind.BOOL, "true");
    private static final Resolved FALSE = new Resolved(Kind.BOOL, "false");
    private static final Resolved NULL = new Resolved(Kind.NULL, "null");
    private static final Resolved NOT_FINITE = new Resolved(Kind.FLOAT, "");

    private static final Map<String, Resolved> WORDS = Map.ofEntries(
            Map.entry("y", TRUE),
            Map.entry("Y", TRUE),
            Map.entry("yes", TRUE),
            Map.entry("Yes", TRUE),
            Map.entry("YES", TRUE),
            Map.entry("true", TRUE),
            Map.entry("True", TRUE),
            Map.entry("TRUE", TRUE),
            Map.entry("on", TRUE),
            Map.entry("On", TRUE),
            Map.entry("ON", TRUE),
            Map.entry("n", FALSE),
            Map.entry("N", FALSE),
            Map.entry("no", FALSE),
            Map.entry("No", FALSE),
            Map.entry("NO", FALSE),
            Map.entry("false", FALSE),
            Map.entry("False", FALSE),
            Map.entry("FALSE", FALSE),
            Map.entry("off", FALSE),
            Map.entry("Off", FALSE),
            Map.entry("OFF", FALSE),
            Map.entry("", NULL),
            Map.entry("~", NULL),
            Map.entry("null", NULL),
            Map.entry("Null", NULL),
            Map.entry("NULL", NULL),
            Map.entry(".nan", NOT_FINITE),
            Map.entry(".NaN", NOT_FINITE),
            Map.entry(".NAN", NOT_FINITE),
            Map.entry(".inf", NOT_FINITE),
            Map.entry(".Inf", NOT_FINITE),
            Map.entry(".INF", NOT_FINITE),
            Map.entry("+.inf", NOT_FINITE),
            Map.entry("+.Inf", NOT_FINITE),
            Map.entry("+.INF", NOT_FINITE),
            Map.entry("-.inf", NOT_FINITE),
            Map.entry("-.Inf", NOT_FINITE),
            Map.entry("-.INF", NOT_FINITE));

    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern INTEGER =
            Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");
    private static final Pattern TIMESTAMP = Pattern.compile("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
            + "(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?(?:Z|[-+]([0-9]{2}):([0-9]{2}))"
            + "| ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?)?");
    private static final Pattern BASE_60 = Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");

    /// Longer digits than any 64-bit number of base 2 are text to nobody, but cost quadratic time to convert.
    private static final int LONGEST_NUMBER = 400;

    private Resolver() {}

    /// What the unquoted text means. A [Kind#FLOAT] with an empty text is infinite or not a number.
    static Resolved resolve(String plain) {
        Resolved word = WORDS.get(plain);
        if (word != null) {
            return word;
        }
        char first = plain.charAt(0);
        if (first == '.') {
            return number(plain).orElseGet(() -> new Resolved(Kind.STRING, plain));
        }
        boolean numeric = first == '+' || first == '-' || (first >= '0' && first <= '9');
        if (!numeric || plain.length() > LONGEST_NUMBER || isTimestamp(plain)) {
            return new Resolved(Kind.STRING, plain);
        }
        String digits = plain.replace("_", "");
        return integer(digits).or(() -> number(digits)).orElseGet(() -> new Resolved(Kind.STRING, plain));
    }

    /// Whether the text written without quotes would be read as something else than this very string by some reader.
    static boolean needsQuotes(String text) {
        return resolve(text).kind() != Kind.STRING || isTimestamp(text) || isBase60(text);
    }

    private static Optional<Resolved> integer(String digits) {
        Matcher match = INTEGER.matcher(digits);
        if (!match.matches()) {
            return Optional.empty();
        }
        int[] bases = {16, 2, 8, 10};
        for (int group = 0; group < bases.length; group++) {
            String found = match.group(group + 2);
            if (found != null) {
                BigInteger value = new BigInteger(found, bases[group]);
                return Optional.of(
                        new Resolved(Kind.INTEGER, ("-".equals(match.group(1)) ? value.negate() : value).toString()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Resolved> number(String digits) {
        if (digits.length() > LONGEST_NUMBER || !FLOAT.matcher(digits).matches()) {
            return Optional.empty();
        }
        double value = Double.parseDouble(digits);
        return Double.isInfinite(value) ? Optional.empty() : Optional.of(new Resolved(Kind.FLOAT, Numbers.json(value)));
    }

    private static boolean isBase60(String text) {
        return text.indexOf(':') > 0 && BASE_60.matcher(text).matches();
    }

    private static boolean isTimestamp(String text) {
        if (text.length() < 8 || text.charAt(4) != '-') {
            return false;
        }
        Matcher match = TIMESTAMP.matcher(text);
        if (!match.matches()) {
            return false;
        }
        try {
            LocalDate.of(number(match, 1), number(match, 2), number(match, 3));
        } catch (DateTimeException noSuchDay) {
            return false;
        }
        int time = match.group(4) != null ? 4 : 9;
        return number(match, time) < 24
                && number(match, time + 1) < 60
                && number(match, time + 2) < 60
                && number(match, 7) <= 24
                && number(match, 8) < 60;
    }

    private static int number(Matcher match, int group) {
        String found = match.group(group);
        return found == null ? 0 : Integer.parseInt(found);
    }
}
