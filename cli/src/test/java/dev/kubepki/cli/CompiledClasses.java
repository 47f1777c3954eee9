package dev.kubepki.cli;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URI;
import java.nio.file.Path;

/// The classes that were compiled into the same folder or jar as one of them: main code without its tests, wherever the
/// build put either.
final class CompiledClasses {
    private CompiledClasses() {}

    static JavaClasses beside(Class<?> one) {
        String location =
                one.getProtectionDomain().getCodeSource().getLocation().toString();
        return new ClassFileImporter().importPath(Path.of(URI.create(location)));
    }
}
