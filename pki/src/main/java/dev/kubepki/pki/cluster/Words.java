package dev.kubepki.pki.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Lists of words for messages, and the nearest word to one that was mistyped.
final class Words {
    private Words() {}

    /// `a, b or c`.
    static String any(Collection<String> words) {
        return joined(words, " or ");
    }

    /// `a, b and c`.
    static String all(Collection<String> words) {
        return joined(words, " and ");
    }

    private static String joined(Collection<String> words, String last) {
        List<String> list = List.copyOf(words);
        return list.size() < 2
                ? String.join("", list)
                : String.join(", ", list.subList(0, list.size() - 1)) + last + list.getLast();
    }

    /// `; did you mean etcd-peer?`, or nothing if no word is near.
    static String suggestion(String written, Collection<String> known) {
        Optional<String> nearest = known.stream()
                .filter(word -> written.length() <= 64 && distance(word, written) <= Math.max(1, written.length() / 3))
                .min((a, b) -> Integer.compare(distance(a, written), distance(b, written)));
        return nearest.map(word -> "; did you mean " + word + "?").orElse("");
    }

    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                boolean same = Character.toLowerCase(left.charAt(i - 1)) == Character.toLowerCase(right.charAt(j - 1));
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
