package dev.kubepki.api.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Where the schema comes from.
public final class Schemas {
    static final String RESOURCE = "schema.txt";

    private Schemas() {}

    /// The schema of the built-in kinds.
    public static Schema load() {
        try (InputStream in = Schemas.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource " + RESOURCE);
            }
            SchemaText text = new SchemaText(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            return new Schema(text::message, text.kinds());
        } catch (IOException e) {
            throw new UncheckedIOException("the program can't read its resource " + RESOURCE, e);
        }
    }
}
