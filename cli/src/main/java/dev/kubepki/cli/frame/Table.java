package dev.kubepki.cli.frame;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// Rows in columns as kubectl prints them: upper-case headers, three blanks between columns, none at the end of a line.
/// Cells may be styled.
public final class Table {
    private static final int GAP = 3;

    private final List<List<String>> rows = new ArrayList<>();
    private final int columns;

    private Table(List<String> headers) {
        columns = headers.size();
        rows.add(headers);
    }

    /// A table with these headers.
    public static Table of(String... headers) {
        return new Table(List.of(headers));
    }

    /// Adds a row with one cell for each header.
    public Table row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException("a row of " + cells.length + " cells under " + columns + " headers");
        }
        rows.add(List.of(cells));
        return this;
    }

    /// Whether there is nothing below the headers.
    public boolean isEmpty() {
        return rows.size() == 1;
    }

    /// Prints headers and rows.
    public void print(PrintStream out) {
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], Style.width(row.get(i)));
            }
        }
        for (List<String> row : rows) {
            out.println(line(row, widths));
        }
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        int blanks = 0;
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            if (!cell.isEmpty()) {
                line.repeat(' ', blanks).append(cell);
                blanks = 0;
            }
            blanks += widths[i] - Style.width(cell) + GAP;
        }
        return line.toString();
    }
}
