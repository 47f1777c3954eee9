package dev.kubepki.acceptance.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/// A folder of the build's, or of /var/tmp where the build itself is under /tmp, for a test that mounts something over
/// /tmp.
final class OutsideTmp implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
        Path build = Path.of("target").toAbsolutePath();
        Path outside = build.startsWith("/tmp") ? Path.of("/var/tmp") : Files.createDirectories(build);
        return Files.createTempDirectory(outside, "outside-tmp");
    }
}
