package dev.kubepki.cli;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;

/// The classes that were compiled into the same folder or jar as one of them: main code without its tests, wherever the
/// build put either.
final class CompiledClasses {
    private CompiledClasses() {}

    static JavaClasses beside(Class<?> one) {
        String location =
                one.getProtectionDomain().getCodeSource().getLocation().toString();
        Path path = Path.of(URI.create(location));
        if (Files.isDirectory(path)) {
            return new ClassFileImporter().importPath(path);
        }
        try (JarFile jar = new JarFile(path.toFile())) {
            return new ClassFileImporter().importJar(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
