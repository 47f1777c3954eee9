package dev.kubepki.api.codec;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Spans of time as Go prints them: `1h0m0s`, `1.5s`, `300ms`.
final class GoDuration {
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|ms|s|m|h)");
    private static final long SECOND = 1_000_000_000L;

    private GoDuration() {}

    static String text(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        String sign = nanos < 0 ? "-" : "";
        BigDecimal size = BigDecimal.valueOf(nanos).abs();
        long whole = size.longValue();
        if (size.compareTo(BigDecimal.valueOf(SECOND)) < 0) {
            String unit = whole < 1_000 ? "ns" : whole < 1_000_000 ? "µs" : "ms";
            int digits = whole < 1_000 ? 0 : whole < 1_000_000 ? 3 : 6;
            return sign + plain(size.movePointLeft(digits)) + unit;
        }
        BigDecimal[] minutes = size.movePointLeft(9).divideAndRemainder(BigDecimal.valueOf(60));
        long total = minutes[0].longValue();
        String seconds = plain(minutes[1]) + "s";
        String hours = total >= 60 ? total / 60 + "h" : "";
        return sign + hours + (total > 0 ? total % 60 + "m" : "") + seconds;
    }

    /// In nanoseconds; 0 when the text is no duration.
    static long nanos(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        Matcher parts = PART.matcher(rest);
        BigDecimal sum = BigDecimal.ZERO;
        while (parts.find()) {
            sum = sum.add(new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit(parts.group(2)))));
        }
        return negative ? sum.negate().longValue() : sum.longValue();
    }

    private static long unit(String name) {
        return switch (name) {
            case "ns" -> 1;
            case "us", "µs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> SECOND;
            case "m" -> 60 * SECOND;
            default -> 3600 * SECOND;
        };
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
