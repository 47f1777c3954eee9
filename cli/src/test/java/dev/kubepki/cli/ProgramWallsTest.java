package dev.kubepki.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.kubepki.cli.frame.Handler;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/// The walls inside the program.
class ProgramWallsTest {
    private static final JavaClasses PROGRAM = CompiledClasses.beside(Main.class);

    @Test
    void knowsTheParserLibraryInOneClass() {
        assertThat(PROGRAM)
                .filteredOn(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency ->
                                resideInAPackage("org.apache.commons.cli..").test(dependency.getTargetClass())))
                .extracting(type -> type.getFullName())
                .containsExactly("dev.kubepki.cli.frame.OptionParser");
    }

    @Test
    void takesTheWorldFromItsSurroundingsAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.kubepki.cli.frame..")
                .and()
                .doNotHaveFullyQualifiedName("dev.kubepki.cli.Main")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .check(PROGRAM);
    }

    /// Only what has a `main` of its own may end the process.
    @Test
    void endsTheProcessInEntryPointsAndFrameAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.kubepki.cli.frame..")
                .and()
                .doNotHaveFullyQualifiedName("dev.kubepki.cli.Main")
                .and()
                .doNotHaveFullyQualifiedName("dev.kubepki.cli.Training")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(PROGRAM);
    }

    @Test
    void keepsTheFrameFreeOfCommandsAndOfTheLibrary() {
        noClasses()
                .that()
                .resideInAPackage("dev.kubepki.cli.frame..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.kubepki.cli.command..", "dev.kubepki.cli.completion..", "dev.kubepki.pki..")
                .check(PROGRAM);
    }

    @Test
    void logsNothing() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.slf4j..")
                .check(PROGRAM);
    }

    @Test
    void endsEachHandlersNameWithCommand() {
        classes()
                .that()
                .implement(Handler.class)
                .should()
                .haveSimpleNameEndingWith("Command")
                .check(PROGRAM);
    }

    @Test
    void seesTheWholeProgram() {
        assertThat(PROGRAM.contain(Main.class)).isTrue();
        assertThat(PROGRAM.contain(ProgramWallsTest.class)).isFalse();
        assertThat(PROGRAM.contain("dev.kubepki.cli.frame.OptionParser")).isTrue();
    }
}
