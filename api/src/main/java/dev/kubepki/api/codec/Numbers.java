package dev.kubepki.api.codec;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Numbers from and to JSON text, as Go reads and prints them.
final class Numbers {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int LONGEST_LONG = 20;

    private Numbers() {}

    /// A whole number when the text is one that fits 64 bits, else a floating one.
    static JsonNode free(String text) {
        if (isWhole(text)) {
            return whole(Long.parseLong(text));
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw DecodeFailure.type("json: cannot unmarshal number " + text + " into Go value of type float64");
        }
        return NODES.numberNode(value);
    }

    /// In the smallest node that holds it, as every reader makes it: equal numbers are equal nodes.
    static JsonNode whole(long value) {
        return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }

    /// Whether the text of a JSON number is a whole number of 64 bits.
    static boolean isWhole(String text) {
        if (text.length() > LONGEST_LONG) {
            return false;
        }
        for (int i = text.charAt(0) == '-' ? 1 : 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() < LONGEST_LONG - 1 || fits(text);
    }

    private static boolean fits(String text) {
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    /// The shortest text that is the number: plain, or with an exponent when it is very large or very small.
    static String text(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        double size = Math.abs(value);
        if (size >= 1e-6 && size < 1e21) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - exact.scale();
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        String sign = value < 0 ? "-" : "";
        return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }
}
