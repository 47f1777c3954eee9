package dev.kubepki.pki.cluster;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A row of nodes in one line: `worker-[001-250]` stands for `worker-001` to `worker-250`.
///
/// @param first the first number
/// @param last the last number, not below the first
/// @param digits to how many digits numbers are filled up with zeros
record NodeRow(int first, int last, int digits) {
    /// The most nodes that a row stands for: twice what Kubernetes supports in a cluster.
    static final int LONGEST = 10_000;

    private static final Pattern NUMBERS = Pattern.compile("\\[([0-9]{1,9})-([0-9]{1,9})]");

    /// Finds the numbers in a name; empty if there are none. Refuses numbers that run backwards or too far.
    static Optional<NodeRow> in(String name) {
        Matcher numbers = NUMBERS.matcher(name);
        if (!numbers.find()) {
            return Optional.empty();
        }
        String first = numbers.group(1);
        int from = Integer.parseInt(first);
        int to = Integer.parseInt(numbers.group(2));
        if (numbers.find()) {
            throw new IllegalArgumentException("'" + Texts.shown(name) + "' counts in two places; a row counts in one");
        }
        if (to < from || to - from >= LONGEST) {
            throw new IllegalArgumentException(
                    "'" + Texts.shown(name) + "' must count upwards, over at most " + LONGEST + " nodes");
        }
        return Optional.of(new NodeRow(from, to, first.startsWith("0") ? first.length() : 1));
    }

    int size() {
        return last - first + 1;
    }

    /// The text for one node of the row, counted from 0.
    String text(String pattern, int index) {
        String number = Integer.toString(first + index);
        return NUMBERS.matcher(pattern).replaceAll("0".repeat(Math.max(0, digits - number.length())) + number);
    }
}
