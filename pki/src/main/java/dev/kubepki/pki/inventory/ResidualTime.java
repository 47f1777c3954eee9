package dev.kubepki.pki.inventory;

import java.time.Duration;

/// A length of time in the few characters of `kubeadm certs check-expiration` and of kubectl's AGE column
/// (apimachinery, `HumanDuration`): `364d`, `7y12d`. A year has 365 days.
public final class ResidualTime {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long YEAR = 365 * DAY;

    private ResidualTime() {}

    /// The text; what has passed has a minus before it, where kubeadm only says that it is invalid.
    public static String of(Duration time) {
        long seconds = time.toSeconds();
        return seconds < 0 ? "-" + positive(-seconds) : positive(seconds);
    }

    private static String positive(long seconds) {
        if (seconds < 2 * MINUTE) {
            return seconds + "s";
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
        if (seconds < 2 * YEAR) {
            return seconds / DAY + "d";
        }
        return seconds < 8 * YEAR ? two(seconds, YEAR, "y", DAY, "d") : seconds / YEAR + "y";
    }

    private static String two(long seconds, long large, String largeName, long small, String smallName) {
        long rest = seconds % large / small;
        return seconds / large + largeName + (rest == 0 ? "" : rest + smallName);
    }
}
