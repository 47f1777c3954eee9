package dev.kubepki.cli.frame;

import java.time.Duration;
import java.util.Optional;

/// Lengths of time as people and Go programs write them: `90d`, `12h`, `1y`, `1d12h`, `8760h0m0s`. A day has 24 hours,
/// a week 7 days and a year 365 days, as in kubeadm's defaults.
public final class DurationText {
    private static final String UNITS = "smhdwy";
    private static final long[] SECONDS = {1, 60, 3600, 86_400, 604_800, 31_536_000};

    private DurationText() {}

    /// The length, or nothing where the text is none. Never negative.
    public static Optional<Duration> parse(String text) {
        long total = 0;
        long number = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int unit = UNITS.indexOf(c);
            if (c >= '0' && c <= '9' && number < 1_000_000_000_000L) {
                number = Math.max(number, 0) * 10 + (c - '0');
            } else if (unit >= 0 && number >= 0 && number < Long.MAX_VALUE / SECONDS[unit] / 2) {
                total += number * SECONDS[unit];
                number = -1;
            } else {
                return Optional.empty();
            }
            if (total < 0 || total > Long.MAX_VALUE / 2) {
                return Optional.empty();
            }
        }
        return number >= 0 || text.isEmpty() ? Optional.empty() : Optional.of(Duration.ofSeconds(total));
    }
}
