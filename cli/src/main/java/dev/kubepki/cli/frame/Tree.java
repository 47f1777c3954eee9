package dev.kubepki.cli.frame;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A value with what hangs below it.
///
/// @param value what the node shows
/// @param children the nodes below, in order
public record Tree<T>(T value, List<Tree<T>> children) {
    private static final Glyphs UNICODE = new Glyphs("├── ", "└── ", "│   ", "    ");
    private static final Glyphs ASCII = new Glyphs("|-- ", "`-- ", "|   ", "    ");

    private record Glyphs(String child, String last, String trunk, String gap) {}

    /// One line of a drawn tree.
    ///
    /// @param branch the drawing to print before the value
    /// @param value the node's value
    public record Line<T>(String branch, T value) {}

    /// A node with nothing below it.
    public static <T> Tree<T> leaf(T value) {
        return new Tree<>(value, List.of());
    }

    /// The drawn lines of a tree, to be printed or used as the first column of a [Table].
    public List<Line<T>> lines(boolean unicode) {
        List<Line<T>> lines = new ArrayList<>();
        lines.add(new Line<>("", value));
        below(lines, "", unicode ? UNICODE : ASCII);
        return lines;
    }

    /// Prints the tree.
    public void print(PrintStream out, boolean unicode, Function<T, String> label) {
        for (Line<T> line : lines(unicode)) {
            out.println(line.branch() + label.apply(line.value()));
        }
    }

    private void below(List<Line<T>> lines, String indent, Glyphs glyphs) {
        for (int i = 0; i < children.size(); i++) {
            boolean last = i == children.size() - 1;
            Tree<T> child = children.get(i);
            lines.add(new Line<>(indent + (last ? glyphs.last() : glyphs.child()), child.value()));
            child.below(lines, indent + (last ? glyphs.gap() : glyphs.trunk()), glyphs);
        }
    }
}
