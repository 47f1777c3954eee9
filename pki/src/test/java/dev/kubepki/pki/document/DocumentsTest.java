package dev.kubepki.pki.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.pki.document.Scalar.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
    /// What `kubectl patch --local -o json` 1.32 and 1.35 make of each value.
    @ParameterizedTest
    @CsvSource({
        "yes, BOOL, true",
        "y, BOOL, true",
        "n, BOOL, false",
        "Off, BOOL, false",
        "tRue, STRING, tRue",
        "0x1F, INTEGER, 31",
        "017, INTEGER, 15",
        "0o17, INTEGER, 15",
        "08, INTEGER, 8",
        "0o8, STRING, 0o8",
        "1_000, INTEGER, 1000",
        "1__0, INTEGER, 10",
        "_1, STRING, _1",
        "0b1_0, INTEGER, 2",
        "0xg, STRING, 0xg",
        "+12, INTEGER, 12",
        "1e3, INTEGER, 1000",
        "1e, STRING, 1e",
        "1.50, FLOAT, 1.5",
        "1.5e100, FLOAT, 1.5e+100",
        "1e400, STRING, 1e400",
        "100000000000000000000000.0, FLOAT, 1e+23",
        "0.000001, FLOAT, 0.000001",
        "0.0000001, FLOAT, 1e-7",
        ".5, FLOAT, 0.5",
        "5., INTEGER, 5",
        "9007199254740993, INTEGER, 9007199254740993",
        "2001-01-01, STRING, 2001-01-01",
        "2001-01-01 10:00:00, STRING, 2001-01-01 10:00:00",
        "1:30, STRING, 1:30",
        "~, NULL, null",
        "'', NULL, null",
        "!!str 12, STRING, 12",
        "!!float 3, INTEGER, 3",
    })
    void resolvesBareWordsAndNumbersAsKubectlDoes(String written, Kind kind, String text) {
        Mapping root = (Mapping) read("a: " + written).getFirst().root();
        Scalar scalar = (Scalar) root.get("a").orElseThrow();
        assertThat(scalar.kind()).isEqualTo(kind);
        assertThat(scalar.text()).isEqualTo(text);
    }

    @Test
    void takesQuotedAndBlockTextAsText() {
        Mapping root =
                (Mapping) read("a: \"yes\"\nb: '1'\nc: |\n  2\n").getFirst().root();
        assertThat(root).isEqualTo(Mapping.of("a", "yes").with("b", "1").with("c", "2\n"));
    }

    @Test
    void knowsLineAndColumnOfEveryValueAndName() {
        String text = "a: 1\nb:\n  - c: x\n    d: {e: y}\n";
        Mapping root = (Mapping) read(text).getFirst().root();
        Mapping item = (Mapping) root.sequence("b").orElseThrow().items().getFirst();
        assertThat(List.of(item.line(), item.column())).containsExactly(3, 5);
        assertThat(item.mapping("d").orElseThrow().get("e").orElseThrow().line())
                .isEqualTo(4);
        assertThat(item.entries()).extracting(Mapping.Entry::line).containsExactly(3, 4);
        assertThat(item.entries()).extracting(Mapping.Entry::column).containsExactly(5, 5);
    }

    @Test
    void knowsLinesInJsonToo() {
        Mapping root = (Mapping)
                read("{\n\t\"a\": [1,\n\"\\ud83d\\ude00\"]}").getFirst().root();
        Sequence list = root.sequence("a").orElseThrow();
        assertThat(list.items().get(1)).isEqualTo(Scalar.of("\uD83D\uDE00"));
        assertThat(list.items()).extracting(Node::line).containsExactly(2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": \"x\\ud83c\"}", "a: \"x\\ud83c\""})
    void readsHalfOfASurrogatePairAsTheReplacementThatItIsWrittenAs(String text) {
        Mapping root = (Mapping) read(text).getFirst().root();
        assertThat(root.string("a")).contains("x\uFFFD");
    }

    @Test
    void refusesNamesThatBecomeTheSame() {
        assertThatThrownBy(() -> read("\"\\ud83c\": 1\n\"\\ud83d\": 2"))
                .isInstanceOf(DocumentFailure.class)
                .hasMessageContaining("twice");
    }

    @Test
    void readsEachOfSeveralDocumentsWithItsLines() {
        List<Document> documents = read("# first\n---\na: 1\n---\n---\nb: 2\n...\n");
        assertThat(documents).hasSize(3);
        assertThat(documents.get(1).root()).isEqualTo(Scalar.none());
        assertThat(documents.get(2).root().line()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFFa: x\r\nb: z\r\n", "a: x\nb: z", "{a: x, b: z}", "{\"a\":\"x\",\"b\":\"z\"}"})
    void readsTheSameValueInEveryDress(String text) {
        assertThat(read(text).getFirst().root()).isEqualTo(Mapping.of("a", "x").with("b", "z"));
    }

    @Test
    void mergesMappingsUnderTheirOwnNames() {
        Mapping root = (Mapping) read("base: &b {x: 1, u: 2}\nmore: &m {u: 3, z: 4}\nall:\n  <<: [*b, *m]\n  x: 9\n")
                .getFirst()
                .root();
        assertThat(root.mapping("all"))
                .contains(Mapping.of().with("x", 9).with("u", 2).with("z", 4));
    }

    @ParameterizedTest
    @CsvSource({
        "'a: 1\nb: 2\na: 3', 3, names \"a\" twice",
        "'{\"a\": 1,\n\"a\": 2}', 2, names \"a\" twice",
        "'a: !custom x', 1, uses the tag !custom",
        "'a: !!binary aGk=', 1, uses the tag tag:yaml.org",
        "'a: *nobody', 1, 'refers with * to the name nobody'",
        "'a: &self\n  b: *self', 2, 'refers with * to the name self'",
        "'a: x\nb: [1, 2', 2, is not valid YAML",
        "'a: x\n  b: y', 2, is not valid YAML",
        "'a: .inf', 1, infinite",
        "'? [a]\n: b', 1, a field whose name is a list",
        "'{\"a\": 1,\n\"b\" 2}', 2, is not valid JSON",
        "'a: x\nb: \"\\uZZZZ\"', 2, is not valid YAML: expected escape sequence of 4 hexadecimal numbers",
        "'a: x\nb: \"\\Ub0001F38\"', 2, is not valid YAML at this line or below",
        "'a: \u0001', 1, control character",
        "'<<: 1', 1, merges with <<",
    })
    void namesFileAndLineOfWhatItRefuses(String text, int line, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        DocumentFailure.class,
                        failure -> assertThat(failure.problem().line()).isEqualTo(line))
                .hasMessageStartingWith("cluster.yaml:" + line + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void refusesWhatIsMadeToExhaustIt() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
        }
        assertThatThrownBy(() -> read(bomb.toString())).hasMessageContaining("repeats too much with aliases");
        assertThatThrownBy(() -> read("[".repeat(5000))).hasMessageContaining("nested deeper than 100 levels");
        assertThatThrownBy(() -> read("a: " + "{a: ".repeat(200))).hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> read("- ".repeat(101) + "x")).hasMessageContaining("nested deeper");
        StringBuilder tower = new StringBuilder("- &a0 x\n");
        for (int i = 1; i < 120; i++) {
            tower.append("- &a%d [*a%d]\n".formatted(i, i - 1));
        }
        assertThatThrownBy(() -> read(tower.toString())).hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> Documents.read("f", new byte[Documents.MAX_BYTES + 1]))
                .hasMessage("f: is larger than 16 MiB, too large for a YAML or JSON file");
        assertThatThrownBy(() -> Documents.read("f", new byte[] {(byte) 0xC3, 0x28}))
                .hasMessageContaining("is not UTF-8");
    }

    @Test
    void quotesNothingOfWhatItRefuses() {
        assertThatThrownBy(() -> read("token: \"\\uSECR\"")).hasMessageNotContaining("SECR");
        assertThatThrownBy(() -> read("token: 'SECRET")).hasMessageNotContaining("SECR");
        assertThatThrownBy(() -> read("{\"token\": SECRET}x{")).hasMessageNotContaining("SECR");
    }

    @Test
    void refusesSeveralDocumentsWhereOneIsWanted() {
        assertThatThrownBy(() -> Documents.readOne("f", "a: 1\n---\nb: 2\n".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("f:3: holds more than one document, where one was expected");
        assertThat(Documents.readOne("f", new byte[0]).root()).isEqualTo(Scalar.none());
    }

    private static List<Document> read(String text) {
        return Documents.read("cluster.yaml", text.getBytes(StandardCharsets.UTF_8));
    }
}
