package dev.kubepki.api.codec;

import java.util.Comparator;

/// The order of keys in YAML: letters behind all else, numbers inside of keys by their value.
enum NaturalOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                boolean leftLetter = Character.isLetter(left);
                if (leftLetter != Character.isLetter(right)) {
                    return leftLetter ? 1 : -1;
                }
                return leftLetter ? Character.compare(left, right) : numbers(a, b, i);
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /// Where both differ first, and neither has a letter.
    private static int numbers(String a, String b, int from) {
        long before = (a.charAt(from) == '0' || b.charAt(from) == '0') && digitsBefore(a, from) ? 1 : 0;
        int leftEnd = digits(a, from);
        int rightEnd = digits(b, from);
        long left = number(a, from, leftEnd, before);
        long right = number(b, from, rightEnd, before);
        if (left != right) {
            return Long.compare(left, right);
        }
        return leftEnd == rightEnd
                ? Character.compare(a.charAt(from), b.charAt(from))
                : Integer.compare(leftEnd, rightEnd);
    }

    private static boolean digitsBefore(String text, int end) {
        for (int i = end - 1; i >= 0 && Character.isDigit(text.charAt(i)); i--) {
            if (text.charAt(i) != '0') {
                return true;
            }
        }
        return false;
    }

    private static int digits(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static long number(String text, int from, int end, long before) {
        long number = before;
        for (int i = from; i < end; i++) {
            number = number * 10 + Character.digit(text.charAt(i), 10);
        }
        return number;
    }
}
