package dev.kubepki.pki.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The commented description that `kubepki init --example` prints: every field there is, with its meaning and default.
public final class ExampleDescription {
    private static final String RESOURCE = "example-cluster.yaml";

    private ExampleDescription() {}

    /// The text, lines ending with line feeds.
    public static String text() {
        try (InputStream resource = ExampleDescription.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("this build lacks its example, " + RESOURCE);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
