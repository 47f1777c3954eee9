package dev.kubepki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.key.KeyFailure;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LibraryFailuresTest {
    @Test
    void knowsEveryPublicFailureOfTheLibrary() {
        List<Class<?>> failures = new ArrayList<>();
        CompiledClasses.beside(KeyFailure.class).stream()
                .filter(type -> type.isAssignableTo(RuntimeException.class))
                .map(type -> type.reflect())
                .filter(type -> Modifier.isPublic(type.getModifiers()))
                .forEach(failures::add);
        assertThat(LibraryFailures.types())
                .containsExactlyInAnyOrderElementsOf(failures.stream()
                        .<Class<? extends RuntimeException>>map(type -> type.asSubclass(RuntimeException.class))
                        .toList());
    }
}
