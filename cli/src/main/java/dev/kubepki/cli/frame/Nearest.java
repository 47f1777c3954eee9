package dev.kubepki.cli.frame;

import java.util.ArrayList;
import java.util.List;

/// The known words that a mistyped one probably meant: those at the least edit distance, two at most.
final class Nearest {
    private static final int FARTHEST = 2;

    private Nearest() {}

    static List<String> to(String typed, List<String> known) {
        List<String> nearest = new ArrayList<>();
        int best = FARTHEST;
        for (String word : known) {
            int distance = distance(typed, word);
            if (distance < best) {
                nearest.clear();
            }
            // A word of two letters is two edits away from any other.
            if (distance <= best && distance < word.length()) {
                best = distance;
                nearest.add(word);
            }
        }
        return nearest;
    }

    /// Levenshtein's distance.
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
