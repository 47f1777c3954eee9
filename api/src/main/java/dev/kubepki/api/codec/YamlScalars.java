package dev.kubepki.api.codec;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What unquoted words of YAML mean to Kubernetes: mostly YAML 1.1, so that `yes` and `on` are true and `0644` is
/// octal.
final class YamlScalars {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Map<String, JsonNode> WORDS = words();
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern WHOLE =
            Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");
    private static final int[] BASES = {0, 0, 16, 2, 8, 10};
    private static final BigInteger UNSIGNED = BigInteger.ONE.shiftLeft(Long.SIZE);
    private static final int LONGEST = 100;

    private YamlScalars() {}

    private static Map<String, JsonNode> words() {
        Map<String, JsonNode> words = new HashMap<>();
        for (String word : "y Y yes Yes YES true True TRUE on On ON".split(" ", -1)) {
            words.put(word, NODES.booleanNode(true));
        }
        for (String word : "n N no No NO false False FALSE off Off OFF".split(" ", -1)) {
            words.put(word, NODES.booleanNode(false));
        }
        for (String word : "~ null Null NULL".split(" ", -1)) {
            words.put(word, NODES.nullNode());
        }
        words.put("", NODES.nullNode());
        return words;
    }

    /// The value of an unquoted word.
    static JsonNode value(String word) {
        JsonNode known = WORDS.get(word);
        if (known != null) {
            return known;
        }
        JsonNode number = number(word);
        return number == null ? NODES.stringNode(word) : number;
    }

    /// Whether the word means itself when it stands without quotes.
    static boolean isText(String word) {
        return value(word).isString() && !isInfinite(word);
    }

    private static boolean isInfinite(String word) {
        String bare = word.startsWith("-") || word.startsWith("+") ? word.substring(1) : word;
        return bare.equalsIgnoreCase(".inf") || bare.equalsIgnoreCase(".nan");
    }

    private static @Nullable JsonNode number(String word) {
        char first = word.charAt(0);
        boolean candidate = first == '-' || first == '+' || first == '.' || (first >= '0' && first <= '9');
        if (!candidate || word.length() > LONGEST) {
            return null;
        }
        String plain = word.replace("_", "");
        Matcher whole = WHOLE.matcher(plain);
        if (whole.matches()) {
            return whole(whole);
        }
        if (FLOAT.matcher(plain).matches()) {
            double value = Double.parseDouble(plain);
            return Double.isInfinite(value) ? null : NODES.numberNode(value);
        }
        return null;
    }

    private static JsonNode whole(Matcher digits) {
        BigInteger value = BigInteger.ZERO;
        for (int group = 2; group < BASES.length; group++) {
            if (digits.group(group) != null) {
                value = new BigInteger(digits.group(group), BASES[group]);
            }
        }
        value = digits.group(1).equals("-") ? value.negate() : value;
        if (value.bitLength() < Long.SIZE) {
            return Numbers.whole(value.longValue());
        }
        return value.signum() > 0 && value.compareTo(UNSIGNED) < 0
                ? NODES.numberNode(value)
                : NODES.numberNode(value.doubleValue());
    }
}
