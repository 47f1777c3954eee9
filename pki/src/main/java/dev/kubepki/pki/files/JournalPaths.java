package dev.kubepki.pki.files;

import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// How paths are written in a journal: relative to the primary root where they lie in it, so that a folder may be
/// moved with its journal; and one word without blanks, `%XX` standing for blanks, control characters and `%`.
///
/// What is read back never leads out of the roots: a journal planted by somebody else can't make kubepki touch
/// anything else.
record JournalPaths(FileRoots roots) {
    String write(Path path) {
        Path primary = roots.primary();
        return escape((path.startsWith(primary) ? primary.relativize(path) : path).toString());
    }

    /// Null for a path outside the roots.
    @Nullable
    Path read(String word) {
        Path path = FileRoots.settle(roots.primary().resolve(unescape(word)));
        return roots.all().stream().anyMatch(root -> path.startsWith(root) && !path.equals(root)) ? path : null;
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '%' || c == 0x7f) {
                escaped.append('%').append(HexFormat.of().toHexDigits((byte) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String unescape(String word) {
        StringBuilder text = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '%' && i + 2 < word.length()) {
                text.append((char) HexFormat.fromHexDigits(word, i + 1, i + 3));
                i += 2;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
