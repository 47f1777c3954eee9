package dev.kubepki.pki.cluster;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads how long a certificate shall be valid. Messages complete the sentence that a field's name begins.
final class Lifetimes {
    /// A hundred years: what nobody outlives, and far from the last year that a certificate can name.
    static final Duration LONGEST = Duration.ofDays(36525);

    private static final BigDecimal NANOS_A_DAY = new BigDecimal("86400000000000");

    /// The units of Go's time.ParseDuration, in nanoseconds.
    private static final Map<String, BigDecimal> GO_UNITS = Map.of(
            "ns", BigDecimal.ONE,
            "us", new BigDecimal("1000"),
            "µs", new BigDecimal("1000"),
            "μs", new BigDecimal("1000"),
            "ms", new BigDecimal("1000000"),
            "s", new BigDecimal("1000000000"),
            "m", new BigDecimal("60000000000"),
            "h", new BigDecimal("3600000000000"));

    /// A year has 365 days here, as `8760h` does.
    private static final Map<String, BigDecimal> LONG_UNITS = Map.of(
            "d", NANOS_A_DAY,
            "w", NANOS_A_DAY.multiply(new BigDecimal("7")),
            "y", NANOS_A_DAY.multiply(new BigDecimal("365")));

    private static final Pattern PART = Pattern.compile("([0-9]{1,18}\\.?[0-9]{0,9}|\\.[0-9]{1,9})(\\p{L}{1,2})");
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+");

    private Lifetimes() {}

    /// Reads `8760h`, `365d`, `1y`, `1y6h30m`.
    static Duration any(String text) {
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
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(parts);
        int end = 0;
        while (part.find() && part.start() == end) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit(text, part.group(2), longUnits)));
            end = part.end();
        }
        if (end == 0 || end != parts.length()) {
            throw unreadable(text, longUnits);
        }
        if (nanos.compareTo(NANOS_A_DAY.multiply(BigDecimal.valueOf(LONGEST.toDays()))) > 0) {
            throw new IllegalArgumentException("'" + text + "' is longer than a hundred years");
        }
        return Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValueExact());
    }

    private static BigDecimal unit(String text, String name, boolean longUnits) {
        BigDecimal unit = GO_UNITS.get(name);
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
