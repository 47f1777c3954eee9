package dev.kubepki.api.kind;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The table of all kinds that are built in.
public final class Kinds {
    private static final String TABLE = "kinds.txt";

    private Kinds() {}

    /// Reads the table: groups in the order of their priority, the kinds of a group by their plural.
    public static List<Kind> load() {
        try (InputStream in = Kinds.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException(TABLE + " is missing from the program");
            }
            return KindTable.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
