package dev.kubepki.pki.cluster;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads how long a certificate shall be valid. Messages complete the sentence that a field's name begins.
public final class Lifetimes {
    /// A hundred years: what nobody outlives, and far from the last year that a certificate can name.
    static final Duration LONGEST = Duration.ofDays(36525);

    private static final long NANOS_A_DAY = 86_400_000_000_000L;

    /// The units of Go's time.ParseDuration, in nanoseconds.
    private static final Map<String, Long> GO_UNITS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    /// A year has 365 days here, as `8760h` does.
    private static final Map<String, Long> LONG_UNITS = Map.of(
            "d", NANOS_A_DAY,
            "w", 7 * NANOS_A_DAY,
            "y", 365 * NANOS_A_DAY);

    /// Digits behind the point that are read.
    private static final int DECIMALS = 9;

    private static final BigInteger BILLION = BigInteger.TEN.pow(DECIMALS);

    private static final Pattern PART = Pattern.compile("([0-9]{1,18}\\.?[0-9]{0,9}|\\.[0-9]{1,9})(\\p{L}{1,2})");
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+");

    private Lifetimes() {}

    /// Reads `8760h`, `365d`, `1y`, `1y6h30m`.
    public static Duration any(String text) {
        return read(text, true);
    }

    /// Reads Go's form alone, as kubeadm does: `8760h`.
    static Duration go(String text) {
        return read(text, false);
    }

    private static Duration read(String text, boolean longUnits) {
        Texts.refuseEmptyOrPlaceholder(text, longUnits ? "365d" : "8760h");
        if (NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' lacks its unit; write 8760h for a year");
        }
        boolean negative = text.startsWith("-");
        String parts = negative || text.startsWith("+") ? text.substring(1) : text;
        Duration duration = sum(text, parts, longUnits);
        if (negative || duration.isZero()) {
            throw new IllegalArgumentException("'" + text + "' is no time at all; it must be longer than zero");
        }
        return duration;
    }

    private static Duration sum(String text, String parts, boolean longUnits) {
        BigInteger billionths = BigInteger.ZERO;
        Matcher part = PART.matcher(parts);
        int end = 0;
        while (part.find() && part.start() == end) {
            BigInteger unit = BigInteger.valueOf(unit(text, part.group(2), longUnits));
            billionths = billionths.add(billionths(part.group(1)).multiply(unit));
            end = part.end();
        }
        if (end == 0 || end != parts.length()) {
            throw unreadable(text, longUnits);
        }
        BigInteger nanos = billionths.divide(BILLION);
        if (nanos.compareTo(BigInteger.valueOf(LONGEST.toNanos())) > 0) {
            throw new IllegalArgumentException("'" + text + "' is longer than a hundred years");
        }
        return Duration.ofNanos(nanos.longValueExact());
    }

    /// `1.5` as 1500000000. Not by BigDecimal, whose first use costs a start 25 ms.
    private static BigInteger billionths(String decimal) {
        int point = decimal.indexOf('.');
        String whole = point < 0 ? decimal : decimal.substring(0, point);
        String rest = point < 0 ? "" : decimal.substring(point + 1);
        return new BigInteger(whole + rest + "0".repeat(DECIMALS - rest.length()));
    }

    private static long unit(String text, String name, boolean longUnits) {
        Long unit = GO_UNITS.get(name);
        if (unit == null && longUnits) {
            unit = LONG_UNITS.get(name);
        }
        if (unit == null) {
            throw unreadable(text, longUnits);
        }
        return unit;
    }

    private static IllegalArgumentException unreadable(String text, boolean longUnits) {
        return new IllegalArgumentException("'" + text + "' is not a duration"
                + (longUnits ? "; write 8760h, 365d or 1y" : " as Go writes it; write 8760h for a year"));
    }
}
