package dev.kubepki.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReferencePageTest {
    @Test
    void writesACommandWithAllItsParts() {
        CommandSpec list = CommandSpec.named("list", "List it")
                .describedAs("Lists\n<files>.\n\n  pki/*.crt\n\n  pki/*.key\n\nMore.")
                .operands(Operands.between(0, 1, "[DIR]", ValueKind.DIRECTORY))
                .options(OptionSpec.output(OutputFormat.TABLE, OutputFormat.JSON))
                .example("prog list demo", "the demo")
                .exits(3, "something ends")
                .runs(() -> in -> 0);
        CommandTable table = Session.of(list).table();
        assertThat(ReferencePage.of(table)).endsWith("""

                ## prog list

                ```
                prog list [DIR] [options]
                ```

                Lists \\<files>.

                ```
                  pki/*.crt

                  pki/*.key
                ```

                More.

                **Options**

                - `-o, --output FORM` – the form of the output (table|json; default table)

                **Examples**

                ```sh
                # the demo
                prog list demo
                ```

                **Exit codes**

                - 3 – something ends
                """);
    }

    @Test
    void leavesHiddenCommandsOut() {
        CommandSpec secret = CommandSpec.named("secret", "Hidden").runs(() -> in -> 0);
        CommandTable table = new CommandTable(
                "prog",
                "1",
                "A program.",
                failure -> false,
                List.of(new CommandTable.Entry(CommandTable.Group.HIDDEN, "secret", () -> secret)));
        assertThat(ReferencePage.of(table)).doesNotContain("secret");
        assertThat(HelpText.ofProgram(table, 80)).doesNotContain("secret");
    }
}
