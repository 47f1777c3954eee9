package dev.kubepki.api.kind;

import java.util.Comparator;

/// The order in which Kubernetes prefers versions: v2, v1, v2beta1, v1beta2, v1beta1, v1alpha1, and then other texts.
public final class VersionOrder implements Comparator<String> {
    private static final Parsed OTHER = new Parsed(0, 0, 0);

    /// How settled a version is, and its two numbers.
    private record Parsed(int level, int major, int minor) {}

    @Override
    public int compare(String left, String right) {
        Parsed a = parse(left);
        Parsed b = parse(right);
        if (a.level != b.level) {
            return Integer.compare(b.level, a.level);
        }
        if (a.major != b.major) {
            return Integer.compare(b.major, a.major);
        }
        return a.minor != b.minor ? Integer.compare(b.minor, a.minor) : left.compareTo(right);
    }

    /// Whether it is `v1` and not `v1beta1` or `v1alpha1`.
    public static boolean isGenerallyAvailable(String version) {
        return parse(version).level == 3;
    }

    private static Parsed parse(String version) {
        if (!version.startsWith("v")) {
            return OTHER;
        }
        int end = digitsFrom(version, 1);
        if (end == 1) {
            return OTHER;
        }
        int major = number(version, 1, end);
        if (end == version.length()) {
            return new Parsed(3, major, 0);
        }
        int level = version.startsWith("beta", end) ? 2 : version.startsWith("alpha", end) ? 1 : 0;
        int minorStart = end + (level == 2 ? 4 : 5);
        if (level == 0 || minorStart >= version.length() || digitsFrom(version, minorStart) != version.length()) {
            return OTHER;
        }
        return new Parsed(level, major, number(version, minorStart, version.length()));
    }

    private static int digitsFrom(String text, int start) {
        int end = start;
        while (end < text.length() && Character.isDigit(text.charAt(end)) && end - start < 9) {
            end++;
        }
        return end;
    }

    private static int number(String text, int start, int end) {
        return Integer.parseInt(text, start, end, 10);
    }
}
