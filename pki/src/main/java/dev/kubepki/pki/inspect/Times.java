package dev.kubepki.pki.inspect;

import dev.kubepki.pki.x509.Validity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Instants and lengths of time for people.
final class Times {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    static String text(Instant instant) {
        return FORMAT.format(instant);
    }

    /// With the distance from now: `2027-03-01 12:00:00 UTC (in 364 days)`.
    static String text(Instant instant, Instant now) {
        return text(instant) + " (" + distance(now, instant) + ")";
    }

    static String distance(Instant now, Instant instant) {
        Duration distance = Duration.between(now, instant);
        return distance.isNegative() ? length(distance.negated()) + " ago" : "in " + length(distance);
    }

    private static String length(Duration length) {
        if (length.toDays() >= 2) {
            return length.toDays() + " days";
        }
        if (length.toHours() >= 2) {
            return length.toHours() + " hours";
        }
        return length.toMinutes() + (length.toMinutes() == 1 ? " minute" : " minutes");
    }

    /// `valid`, `expired` or `not yet valid`.
    static String state(Validity validity, Instant now) {
        if (now.isAfter(validity.notAfter())) {
            return "expired";
        }
        return now.isBefore(validity.notBefore()) ? "not yet valid" : "valid";
    }
}
