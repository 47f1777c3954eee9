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
    private static final int[] BASES = {16, 2, 8, 10};

    /// The digits of the largest 64-bit number in base 2.
    private static final int MOST_DIGITS = 64;

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
        if (!numeric || isTimestamp(plain)) {
            return new Resolved(Kind.STRING, plain);
        }
        String digits = plain.replace("_", "");
        return integer(digits).or(() -> number(digits)).orElseGet(() -> new Resolved(Kind.STRING, plain));
    }

    /// Whether the text written without quotes would be read as something else than this very string by some reader.
    static boolean needsQuotes(String text) {
        return resolve(text).kind() != Kind.STRING || isTimestamp(text) || isBase60(text);
    }

    /// A whole number of 64 bits, with or without a sign; Go has no larger ones.
    private static Optional<Resolved> integer(String digits) {
        Matcher match = INTEGER.matcher(digits);
        if (!match.matches()) {
            return Optional.empty();
        }
        for (int group = 0; group < BASES.length; group++) {
            String found = match.group(group + 2);
            if (found != null) {
                return integer("-".equals(match.group(1)), found, BASES[group]);
            }
        }
        return Optional.empty();
    }

    private static Optional<Resolved> integer(boolean negative, String digits, int base) {
        int zeros = 0;
        while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
            zeros++;
        }
        if (digits.length() - zeros > MOST_DIGITS) {
            return Optional.empty();
        }
        BigInteger size = new BigInteger(digits.substring(zeros), base);
        BigInteger value = negative ? size.negate() : size;
        return Numbers.isWhole(value) ? Optional.of(new Resolved(Kind.INTEGER, value.toString())) : Optional.empty();
    }

    private static Optional<Resolved> number(String digits) {
        if (!FLOAT.matcher(digits).matches()) {
            return Optional.empty();
        }
        double value = Double.parseDouble(digits);
        return Double.isInfinite(value) ? Optional.empty() : Optional.of(number(value));
    }

    static Resolved number(double value) {
        String json = Numbers.json(value);
        return new Resolved(Numbers.kind(json), json);
    }

    /// YAML 1.1's `190:20:30`: Go reads it as text, yet writes it in quotes for readers that don't.
    private static boolean isBase60(String text) {
        int at = text.charAt(0) == '+' || text.charAt(0) == '-' ? 1 : 0;
        int start = at;
        while (isDigit(text, at) || (at > start && at < text.length() && text.charAt(at) == '_')) {
            at++;
        }
        if (at == start || at == text.length() || text.charAt(at) != ':') {
            return false;
        }
        while (at < text.length() && text.charAt(at) == ':' && isDigit(text, at + 1)) {
            at += isDigit(text, at + 2) && text.charAt(at + 1) <= '5' ? 3 : 2;
        }
        if (text.charAt(at - 1) != ':' && at < text.length() && text.charAt(at) == '.') {
            at++;
            while (isDigit(text, at) || (at < text.length() && text.charAt(at) == '_')) {
                at++;
            }
        }
        return at == text.length();
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
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
