package dev.kubepki.server.http;

import dev.kubepki.api.failure.Failures;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/// A length of time as Go writes it: `1h30m`, `1.5s`, `300ms`.
final class GoDuration {
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private GoDuration() {}

    /// Reads one.
    ///
    /// @throws dev.kubepki.api.failure.ApiFailure 400 in the words of Go
    static Duration parse(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return Duration.ZERO;
        }
        if (rest.isEmpty()) {
            throw bad("invalid duration", text);
        }
        BigDecimal nanos = BigDecimal.ZERO;
        while (!rest.isEmpty()) {
            int number = lengthOfNumber(rest);
            if (number == 0 || number > 24 || rest.substring(0, number).equals(".")) {
                throw bad("invalid duration", text);
            }
            int unit = number;
            while (unit < rest.length() && rest.charAt(unit) != '.' && !isDigit(rest.charAt(unit))) {
                unit++;
            }
            if (unit == number) {
                throw bad("missing unit in duration", text);
            }
            String name = rest.substring(number, unit);
            Long factor = NANOS.get(name);
            if (factor == null) {
                throw bad("unknown unit \"" + name + "\" in duration", text);
            }
            String digits = rest.substring(0, number);
            nanos = nanos.add(
                    new BigDecimal(digits.endsWith(".") ? digits + "0" : digits).multiply(BigDecimal.valueOf(factor)));
            rest = rest.substring(unit);
        }
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw bad("invalid duration", text);
        }
        return Duration.ofNanos(negative ? -nanos.longValue() : nanos.longValue());
    }

    private static int lengthOfNumber(String text) {
        int length = 0;
        boolean point = false;
        while (length < text.length()) {
            char c = text.charAt(length);
            if (c == '.' && !point) {
                point = true;
            } else if (!isDigit(c)) {
                break;
            }
            length++;
        }
        return length;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static RuntimeException bad(String what, String text) {
        return Failures.badRequest(
                "invalid timeout specified in the request URL - time: " + what + " \"" + text + "\"");
    }
}
