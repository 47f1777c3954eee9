package dev.kubepki.pki.document;

import java.util.Comparator;

/// The order of names in Go's YAML writer: letters after everything else, runs of digits by their number. It has
/// circles: `9` before `12` before `1a` before `9`.
enum KeyOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String left, String right) {
        int[] a = left.codePoints().toArray();
        int[] b = right.codePoints().toArray();
        int same = 0;
        while (same < a.length && same < b.length && a[same] == b[same]) {
            same++;
        }
        if (same == a.length || same == b.length) {
            return Integer.compare(a.length, b.length);
        }
        boolean letterLeft = Character.isLetter(a[same]);
        boolean letterRight = Character.isLetter(b[same]);
        if (letterLeft != letterRight) {
            return letterLeft ? 1 : -1;
        }
        return letterLeft ? Integer.compare(a[same], b[same]) : compareNumbers(a, b, same);
    }

    private static int compareNumbers(int[] a, int[] b, int from) {
        // a zero behind digits is one more digit of the common number, not the start of one
        boolean continues = (a[from] == '0' || b[from] == '0') && followsNonZero(a, from);
        int endLeft = digitsEnd(a, from);
        int endRight = digitsEnd(b, from);
        int byValue = Long.compare(value(a, from, endLeft, continues), value(b, from, endRight, continues));
        if (byValue != 0) {
            return byValue;
        }
        return endLeft != endRight ? Integer.compare(endLeft, endRight) : Integer.compare(a[from], b[from]);
    }

    private static boolean followsNonZero(int[] text, int from) {
        for (int i = from - 1; i >= 0 && Character.isDigit(text[i]); i--) {
            if (text[i] != '0') {
                return true;
            }
        }
        return false;
    }

    private static int digitsEnd(int[] text, int from) {
        int end = from;
        while (end < text.length && Character.isDigit(text[end])) {
            end++;
        }
        return end;
    }

    /// Overflows as Go's does, since the order must be the same.
    private static long value(int[] text, int from, int end, boolean continues) {
        long value = continues ? 1 : 0;
        for (int i = from; i < end; i++) {
            value = value * 10 + (text[i] - '0');
        }
        return value;
    }
}
