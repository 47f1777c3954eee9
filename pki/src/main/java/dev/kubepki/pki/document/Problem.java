package dev.kubepki.pki.document;

import java.util.Comparator;

/// One thing wrong with a file.
///
/// @param file the file's name
/// @param line from 1; 0 if the whole file is meant
/// @param path the field, such as `networking.podSubnet` or `users[2].name`; empty for the document itself
/// @param message what is wrong and what to do, a sentence without a full stop
public record Problem(String file, int line, String path, String message) {
    /// By place: from the file's top to its end.
    public static final Comparator<Problem> BY_PLACE =
            Comparator.comparing(Problem::file).thenComparingInt(Problem::line);

    /// `file:line: path: message`, without the parts that aren't known.
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
