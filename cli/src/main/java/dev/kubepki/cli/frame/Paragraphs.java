package dev.kubepki.cli.frame;

import java.util.ArrayList;
import java.util.List;

/// Breaks text into lines of a width.
final class Paragraphs {
    private Paragraphs() {}

    /// Paragraphs are separated by blank lines; a line that begins with a blank stays as it is.
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        int start = 0;
        while (start <= text.length()) {
            int end = text.indexOf('\n', start);
            String line = end < 0 ? text.substring(start) : text.substring(start, end);
            if (line.isBlank() || line.charAt(0) == ' ') {
                fill(lines, paragraph, width);
                lines.add(line.stripTrailing());
            } else {
                paragraph.append(paragraph.isEmpty() ? "" : " ").append(line.strip());
            }
            start = end < 0 ? text.length() + 1 : end + 1;
        }
        fill(lines, paragraph, width);
        return lines;
    }

    private static void fill(List<String> lines, StringBuilder paragraph, int width) {
        if (paragraph.isEmpty()) {
            return;
        }
        lines.addAll(wrapped(paragraph.toString(), width));
        paragraph.setLength(0);
    }

    /// One paragraph, broken at blanks; a word longer than the width stands alone.
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (text.length() - start > width) {
            int cut = text.lastIndexOf(' ', start + width);
            if (cut <= start) {
                cut = text.indexOf(' ', start + width);
            }
            if (cut < 0) {
                break;
            }
            lines.add(text.substring(start, cut).stripTrailing());
            start = cut + 1;
        }
        lines.add(text.substring(start));
        return lines;
    }
}
