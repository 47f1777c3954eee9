package dev.kubepki.api.table;

import java.time.Duration;

/// Durations as people read them: one or two units, coarser the longer they last.
public final class HumanDuration {
    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int DAY = 24 * HOUR;
    private static final int YEAR = 365 * DAY;

    private HumanDuration() {}

    /// Such as `90s`, `5m30s`, `24h`, `2d3h`; a clock's difference of less than two seconds is `0s`, more `<invalid>`.
    public static String of(Duration duration) {
        long seconds = duration.isNegative() ? -duration.negated().toSeconds() : duration.toSeconds();
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 2 * MINUTE) {
            return Math.max(0, seconds) + "s";
        }
        if (seconds < 10 * MINUTE) {
            return two(seconds, MINUTE, "m", 1, "s");
        }
        if (seconds < 3 * HOUR) {
            return seconds / MINUTE + "m";
        }
        if (seconds < 8 * HOUR) {
            return two(seconds, HOUR, "h", MINUTE, "m");
        }
        if (seconds < 2 * DAY) {
            return seconds / HOUR + "h";
        }
        if (seconds < 8 * DAY) {
            return two(seconds, DAY, "d", HOUR, "h");
        }
        if (seconds < 2L * YEAR) {
            return seconds / DAY + "d";
        }
        return seconds < 8L * YEAR ? two(seconds, YEAR, "y", DAY, "d") : seconds / YEAR + "y";
    }

    /// The smaller unit is left out when it is zero.
    private static String two(long seconds, int large, String largeName, int small, String smallName) {
        long rest = seconds % large / small;
        String text = seconds / large + largeName;
        return rest == 0 ? text : text + rest + smallName;
    }
}
