package dev.kubepki.pki.x509;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Times in the two forms of RFC 5280 §4.1.2.5, without a formatter, whose loading would cost a start.
final class Times {
    private Times() {}

    static String utc(Instant instant) {
        return generalized(instant).substring(2);
    }

    static String generalized(Instant instant) {
        OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
        return pad(time.getYear(), 4)
                + pad(time.getMonthValue(), 2)
                + pad(time.getDayOfMonth(), 2)
                + pad(time.getHour(), 2)
                + pad(time.getMinute(), 2)
                + pad(time.getSecond(), 2)
                + "Z";
    }

    private static String pad(int value, int width) {
        return "0".repeat(Math.max(0, width - Integer.toString(value).length())) + value;
    }
}
