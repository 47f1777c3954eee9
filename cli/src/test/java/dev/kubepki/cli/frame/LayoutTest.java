package dev.kubepki.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static final Tree<String> TREE = new Tree<>(
            "ca",
            List.of(
                    new Tree<>("apiserver", List.of(Tree.leaf("kubelet"))),
                    new Tree<>("admin", List.of(Tree.leaf("x")))));

    private static String printed(Consumer<PrintStream> printer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            printer.accept(out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void alignsColumnsThreeBlanksApartWithoutTrailingBlanks() {
        Table table =
                Table.of("NAME", "STATE", "NOTE").row("apiserver", "ok", "").row("ca", "", "x");
        assertThat(printed(table::print)).isEqualTo("""
                NAME        STATE   NOTE
                apiserver   ok
                ca                  x
                """);
    }

    @Test
    void countsNeitherColoursNorSurrogatesAsColumns() {
        Table table = Table.of("A", "B")
                .row(new Style(true).red("red"), "1")
                .row("\uD83D\uDD11", "2")
                .row("four", "3");
        assertThat(printed(table::print))
                .isEqualTo("A      B\n\u001b[31mred\u001b[0m    1\n\uD83D\uDD11      2\nfour   3\n");
    }

    @Test
    void refusesARowOfAnotherLength() {
        assertThatThrownBy(() -> Table.of("A", "B").row("1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void drawsATree() {
        assertThat(printed(out -> TREE.print(out, true, label -> label))).isEqualTo("""
                ca
                ├── apiserver
                │   └── kubelet
                └── admin
                    └── x
                """);
    }

    @Test
    void drawsATreeInAscii() {
        assertThat(printed(out -> TREE.print(out, false, label -> label))).isEqualTo("""
                ca
                |-- apiserver
                |   `-- kubelet
                `-- admin
                    `-- x
                """);
    }

    @Test
    void breaksParagraphsAtTheWidthAndKeepsIndentedLines() {
        assertThat(Paragraphs.lines("one two three\nfour five\n\n  kept   as it is\n\nlast", 10))
                .containsExactly("one two", "three four", "five", "", "  kept   as it is", "", "last");
    }

    @Test
    void leavesALongWordAlone() {
        assertThat(Paragraphs.wrapped("a abcdefghijklmnop b", 5)).containsExactly("a", "abcdefghijklmnop", "b");
    }

    @Test
    void laysOutHelpInAlignedColumns() {
        CommandSpec list = CommandSpec.named("list", "List it")
                .operands(Operands.atLeast(1, "NAME...", ValueKind.TEXT))
                .options(
                        OptionSpec.output(OutputFormat.TABLE, OutputFormat.JSON),
                        OptionSpec.duration("due", "TIME", "those that end within this time")
                                .impliedValue("90d")
                                .under("Which"),
                        OptionSpec.file("ca", "FILE", "the CA")
                                .mandatory()
                                .repeated()
                                .under("Which"))
                .example("prog list x --ca=ca.crt", "one of them")
                .exits(3, "something ends")
                .runs(() -> in -> 0);
        assertThat(HelpText.of(list, "prog list", 60)).isEqualTo("""
                Usage: prog list NAME... --ca=FILE [options]

                List it.

                Options:
                  -o, --output FORM         the form of the output
                                            (table|json; default table)

                Which:
                      --due[=TIME]          those that end within this time
                                            (90d without a value)
                      --ca FILE             the CA (may be repeated)

                Global options:
                      --color WHEN          whether to colour the output
                                            (auto|always|never; default
                                            auto)
                  -q, --quiet               print results, warnings and
                                            errors only
                  -h, --help                print this help

                Examples:
                  # one of them
                  prog list x --ca=ca.crt

                Exit codes:
                  3  something ends
                """);
    }
}
