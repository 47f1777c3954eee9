package dev.kubepki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.cli.frame.CommandSpec;
import dev.kubepki.cli.frame.CommandTable;
import dev.kubepki.cli.frame.OptionSpec;
import dev.kubepki.cli.frame.ReferencePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What holds for every row of the table.
class CommandsTest {
    private static final Path ROOT = Path.of("..");

    private static List<CommandSpec> all() {
        List<CommandSpec> all = new ArrayList<>();
        for (CommandTable.Entry entry : Commands.table().entries()) {
            CommandSpec command = entry.spec().get();
            all.add(command);
            all.addAll(command.subcommands());
        }
        return all;
    }

    @Test
    void namesEachRowAsItsCommand() {
        assertThat(Commands.table().entries())
                .allSatisfy(entry -> assertThat(entry.spec().get().name()).isEqualTo(entry.name()));
    }

    @Test
    void summarizesEachCommandInOneLineWithoutAFullStop() {
        assertThat(all())
                .allSatisfy(command -> assertThat(command.summary())
                        .matches("\\p{Upper}.*[^.]")
                        .hasSizeLessThanOrEqualTo(66));
    }

    @Test
    void describesEachOptionInLowerCaseWithoutAFullStop() {
        assertThat(all())
                .allSatisfy(command -> assertThat(command.options())
                        .allSatisfy(option ->
                                assertThat(option.description()).isNotBlank().doesNotEndWith(".")));
    }

    @Test
    void givesNoOptionOrLetterTwice() {
        assertThat(all()).allSatisfy(command -> {
            Set<String> seen = new HashSet<>();
            for (OptionSpec option : command.allOptions()) {
                assertThat(seen.add("--" + option.name())).as(option.name()).isTrue();
                assertThat(!option.hasLetter() || seen.add("-" + option.letter()))
                        .as(option.name())
                        .isTrue();
            }
        });
    }

    @Test
    void givesAChoiceADefaultThatItAllows() {
        assertThat(all())
                .allSatisfy(command -> assertThat(command.allOptions())
                        .filteredOn(option -> !option.choices().isEmpty()
                                && !option.defaultText().isEmpty())
                        .allSatisfy(option -> assertThat(option.choices()).contains(option.defaultText())));
    }

    @Test
    void beginsEachExampleWithTheProgramOrAShellWord() {
        assertThat(all())
                .allSatisfy(command -> assertThat(command.examples())
                        .allSatisfy(example -> assertThat(example.commandLine()).contains("kubepki ")));
    }

    @Test
    void carriesTheVersionOfTheBuild() throws IOException {
        assertThat(Files.readString(ROOT.resolve("pom.xml")))
                .contains("<artifactId>kubepki-parent</artifactId>\n  <version>" + Build.VERSION + "</version>");
    }

    @Test
    void hasItsReferencePageInTheDocumentation() throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/reference.md")))
                .as("run ./kubepki docs reference > docs/reference.md")
                .isEqualTo(ReferencePage.of(Commands.table()));
    }
}
