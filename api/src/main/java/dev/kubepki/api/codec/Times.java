package dev.kubepki.api.codec;

import dev.kubepki.api.failure.Rendering;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/// Times as text of a tree: RFC 3339 in UTC, with whole seconds or with microseconds.
final class Times {
    private static final DateTimeFormatter SECONDS = formatter(0);
    private static final DateTimeFormatter MICROS = formatter(6);
    private static final String LAYOUT = "2006-01-02T15:04:05Z07:00";
    /// The parts of a time in order, as the layout names them, and how many digits each has.
    private static final String[] PARTS = {"2006", "-", "01", "-", "02", "T", "15", ":", "04", ":", "05"};

    private static final int PLAIN = "2006-01-02T15:04:05Z".length();

    private Times() {}

    private static DateTimeFormatter formatter(int digits) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd'T'HH:mm:ss");
        if (digits > 0) {
            builder.appendFraction(ChronoField.NANO_OF_SECOND, digits, digits, true);
        }
        return builder.appendLiteral('Z').toFormatter(Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /// In seconds.
    ///
    /// @throws DecodeFailure when the text is no time
    static String seconds(String text) {
        OffsetDateTime time = parse(text);
        return text.length() == PLAIN ? text : SECONDS.format(time);
    }

    /// In microseconds.
    ///
    /// @throws DecodeFailure when the text is no time
    static String micros(String text) {
        return MICROS.format(parse(text));
    }

    /// From seconds and nanoseconds since 1970.
    ///
    /// @throws DecodeFailure when they are out of range
    static String of(long seconds, int nanos, boolean micro) {
        try {
            OffsetDateTime time = Instant.ofEpochSecond(seconds, nanos).atOffset(ZoneOffset.UTC);
            if (time.getYear() >= 0 && time.getYear() <= 9999) {
                return (micro ? MICROS : SECONDS).format(time);
            }
        } catch (DateTimeException _) {
            // Told below.
        }
        throw DecodeFailure.type("Time.MarshalJSON: year outside of range [0,9999]");
    }

    /// @throws DecodeFailure when the text is no time
    static OffsetDateTime parse(String text) {
        int at = 0;
        for (String part : PARTS) {
            if (!fits(text, at, part)) {
                throw unreadable(text, at, part);
            }
            at += part.length();
        }
        if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
            int digits = at + 1;
            while (digits < text.length() && isDigit(text.charAt(digits))) {
                digits++;
            }
            at = digits > at + 1 ? digits : at;
        }
        String zone = text.substring(at);
        if (!zone.equals("Z") && !(zone.length() == 6 && "+-".indexOf(zone.charAt(0)) >= 0 && fits(zone, 1, "07:00"))) {
            throw unreadable(text, at, "Z07:00");
        }
        try {
            return OffsetDateTime.parse(text.replace(',', '.'));
        } catch (DateTimeException _) {
            throw DecodeFailure.type(
                    "parsing time " + Rendering.quote(text) + ": " + outOfRange(text) + " out of range");
        }
    }

    private static String outOfRange(String text) {
        int month = Integer.parseInt(text.substring(5, 7));
        int day = Integer.parseInt(text.substring(8, 10));
        int hour = Integer.parseInt(text.substring(11, 13));
        int minute = Integer.parseInt(text.substring(14, 16));
        int second = Integer.parseInt(text.substring(17, 19));
        if (month < 1 || month > 12) {
            return "month";
        }
        if (hour > 23) {
            return "hour";
        }
        if (minute > 59) {
            return "minute";
        }
        return second > 59 ? "second" : day < 1 || day > 28 ? "day" : "time zone offset hour";
    }

    /// Whether digits stand where the layout has digits, and its signs where it has signs.
    private static boolean fits(String text, int at, String part) {
        if (text.length() < at + part.length()) {
            return false;
        }
        for (int i = 0; i < part.length(); i++) {
            char wanted = part.charAt(i);
            char c = text.charAt(at + i);
            if (isDigit(wanted) ? !isDigit(c) : c != wanted) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static DecodeFailure unreadable(String text, int at, String part) {
        return DecodeFailure.type("parsing time " + Rendering.quote(text) + " as " + Rendering.quote(LAYOUT)
                + ": cannot parse " + Rendering.quote(text.substring(Math.min(at, text.length()))) + " as "
                + Rendering.quote(part));
    }
}
