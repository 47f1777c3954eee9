package dev.kubepki.pki.x509;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.bouncycastle.asn1.x509.Time;

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

    /// The usual form, whole seconds of UTC, is read digit by digit; any other by the ASN.1 library's calendar.
    @SuppressWarnings("JavaUtilDate") // the ASN.1 library's form of an instant
    static Instant instant(Time time) {
        String text = time.getTime();
        boolean usual = text.length() > 14
                && ((text.endsWith("Z") && text.length() == 15) || (text.endsWith("GMT+00:00") && text.length() == 23));
        for (int i = 0; usual && i < 14; i++) {
            usual = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        if (!usual) {
            return Instant.ofEpochMilli(time.getDate().getTime());
        }
        LocalDateTime local = LocalDateTime.of(
                number(text, 0, 4),
                number(text, 4, 6),
                number(text, 6, 8),
                number(text, 8, 10),
                number(text, 10, 12),
                number(text, 12, 14));
        return local.toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + (text.charAt(i) - '0');
        }
        return number;
    }

    private static String pad(int value, int width) {
        return "0".repeat(Math.max(0, width - Integer.toString(value).length())) + value;
    }
}
