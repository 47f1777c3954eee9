package dev.kubepki.pki.document;

import dev.kubepki.pki.document.Scalar.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Floating-point numbers as Go prints them: the fewest digits that read back as the same number.
final class Numbers {
    private static final int LONGEST_WHOLE = 20;

    private Numbers() {}

    /// Whether it fits 64 bits, with or without a sign.
    static boolean isWhole(BigInteger value) {
        return value.signum() < 0 ? value.bitLength() < Long.SIZE : value.bitLength() <= Long.SIZE;
    }

    /// What a number is once it went through JSON: `1e3` is the whole number 1000 then.
    static Kind kind(String json) {
        boolean digits = json.length() <= LONGEST_WHOLE && json.chars().allMatch(c -> c == '-' || isDigit(c));
        return digits && isWhole(new BigInteger(json)) ? Kind.INTEGER : Kind.FLOAT;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /// As encoding/json does: with an exponent below 1e-6 and from 1e21; zero has no sign, as kubectl prints it.
    static String json(double value) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        return size < 1e-6 || size >= 1e21 ? scientific(value, 1) : plain(value);
    }

    /// As strconv.FormatFloat's shortest form `g` does, which Go's YAML writer uses: with an exponent below 1e-4 and
    /// from 1e6.
    static String yaml(String json) {
        double value = Double.parseDouble(json);
        BigDecimal digits = digits(value);
        int exponent = digits.precision() - digits.scale() - 1;
        return exponent < -4 || exponent >= 6 ? scientific(value, 2) : plain(value);
    }

    private static BigDecimal digits(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros();
    }

    private static String plain(double value) {
        return digits(value).toPlainString();
    }

    private static String scientific(double value, int exponentDigits) {
        BigDecimal digits = digits(value);
        String unscaled = digits.unscaledValue().abs().toString();
        int exponent = digits.precision() - digits.scale() - 1;
        String mantissa = unscaled.length() == 1 ? unscaled : unscaled.charAt(0) + "." + unscaled.substring(1);
        String power = Integer.toString(Math.abs(exponent));
        return (value < 0 ? "-" : "")
                + mantissa
                + (exponent < 0 ? "e-" : "e+")
                + "0".repeat(Math.max(0, exponentDigits - power.length()))
                + power;
    }
}
