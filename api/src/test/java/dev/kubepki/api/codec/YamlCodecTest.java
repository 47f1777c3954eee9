package dev.kubepki.api.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.api.schema.Schemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlCodecTest {
    private final JsonCodec json = new JsonCodec(Schemas.load());
    private final YamlCodec codec = new YamlCodec(json);

    private String json(String yaml) {
        return codec.read(yaml.getBytes(UTF_8)).tree().toString();
    }

    private String yaml(String text) {
        return new String(codec.write(json.read(text.getBytes(UTF_8)).tree()), UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "yes|true",
                "On|true",
                "n|false",
                "OFF|false",
                "~|null",
                "^^|null",
                "Null|null",
                "nUll|\"nUll\"",
                "0644|420",
                "0o17|15",
                "0x1F|31",
                "0b101|5",
                "1_000|1000",
                "+5|5",
                "-7|-7",
                "1.5e3|1500.0",
                ".5|0.5",
                "2026-11-22|\"2026-11-22\"",
                "1:30|\"1:30\"",
                "'yes'|\"yes\"",
                "!!str yes|\"yes\"",
                "09|9.0",
                "18446744073709551615|18446744073709551615",
            })
    void givesWordsTheMeaningOfYaml11(String word, String value) {
        assertThat(json("a: " + word)).isEqualTo("{\"a\":" + value + "}");
    }

    @Test
    void makesKeysToTexts() {
        assertThat(json("1: a\nyes: b\n1.5: c\n")).isEqualTo("{\"1\":\"a\",\"true\":\"b\",\"1.5\":\"c\"}");
        assertThatThrownBy(() -> json("~: a")).hasMessageContaining("unsupported map key");
    }

    @Test
    void followsAliasesAndMerges() {
        assertThat(json("a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\ne: *x\n"))
                .isEqualTo("{\"a\":{\"b\":1,\"c\":2},\"d\":{\"c\":3,\"b\":1},\"e\":{\"b\":1,\"c\":2}}");
    }

    @Test
    void refusesBombs() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [" + (alias + ",").repeat(8) + alias + "]\n");
        }
        assertThatThrownBy(() -> json(bomb.toString())).hasMessage("yaml: document contains excessive aliasing");
        assertThatThrownBy(() -> json("[".repeat(100_000))).isInstanceOf(DecodeFailure.class);
        assertThatThrownBy(() -> json("a: &a [*a]")).hasMessage("yaml: unknown anchor \"a\" referenced");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: b: c", "a: [", "\"\\uZZZZ\"", "\t- a", "a: @b", "%YAML 9\n---\na", "a: \u0001"})
    void tellsBrokenYaml(String yaml) {
        assertThatThrownBy(() -> json(yaml))
                .isInstanceOfSatisfying(
                        DecodeFailure.class,
                        failure -> assertThat(failure.text()).startsWith("yaml: "));
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        assertThatThrownBy(() -> codec.read("a: \u00ff".getBytes(ISO_8859_1))).hasMessage("yaml: invalid UTF-8");
    }

    @Test
    void readsOneDocument() {
        assertThat(json("---\na: 1\n---\n")).isEqualTo("{\"a\":1}");
        assertThatThrownBy(() -> json("a: 1\n---\nb: 2\n")).hasMessage("yaml: more than one document");
        assertThat(json("")).isEqualTo("null");
    }

    @Test
    void namesDuplicatesByTheirLines() {
        assertThat(codec.read("a: 1\nb: 2\na: 3\nb: 4\n".getBytes(UTF_8)).problems())
                .containsExactly("yaml: unmarshal errors:\n  line 3: key \"a\" already set in map\n"
                        + "  line 4: key \"b\" already set in map");
    }

    @Test
    void writesObjectsWithSortedKeysAndFlatLists() {
        assertThat(yaml("{\"kind\":\"X\",\"b\":[1,{\"z\":1,\"y\":[]},[2,3]],\"a\":{\"e\":{}}}"))
                .isEqualTo("a:\n  e: {}\nb:\n- 1\n- \"y\": []\n  z: 1\n- - 2\n  - 3\nkind: X\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "plain text|plain text",
                "2026-11-22T15:20:16Z|\"2026-11-22T15:20:16Z\"",
                "970|\"970\"",
                "true|\"true\"",
                "y|\"y\"",
                "^^|\"\"",
                "a: b|'a: b'",
                "a #b|'a #b'",
                "* x|'* x'",
                "@x|'@x'",
                "it's: so|'it''s: so'",
                "-x|-x",
                "- x|'- x'",
                "a:|'a:'",
                "^ a^|' a'",
                "1:30|\"1:30\"",
                "system:masters|system:masters",
                "größe|größe",
                "X509SHA256=a7|X509SHA256=a7",
            })
    void quotesWhereItIsNeeded(String text, String written) {
        assertThat(yaml("{\"k\":\"" + text + "\"}")).isEqualTo("k: " + written + "\n");
    }

    @Test
    void writesLinesAsLines() {
        assertThat(yaml("{\"k\":\"a\\nb\\n\"}")).isEqualTo("k: |\n  a\n  b\n");
        assertThat(yaml("{\"k\":\"a\\nb\"}")).isEqualTo("k: |-\n  a\n  b\n");
        assertThat(yaml("{\"k\":\"a \\nb\"}")).isEqualTo("k: \"a \\nb\"\n");
        assertThat(yaml("{\"k\":\"tab\\there\"}")).isEqualTo("k: \"tab\\there\"\n");
    }

    @Test
    void readsWhatItWrites() {
        String text = "{\"a\":\"x\\ny: z\\n\\n\",\"b\":\"'\\\"\\\\ \",\"c\":[\" \",\"#\",\"\\u0000\",\"😀\",\"\\n\"],"
                + "\"d\":{\"1\":1.5,\"null\":null,\"yes\":true}}";
        assertThat(json(yaml(text)))
                .isEqualTo(json.read(text.getBytes(UTF_8)).tree().toString());
    }

    @Test
    void ordersNumbersInKeysByValue() {
        assertThat(yaml("{\"a10\":1,\"a9\":1,\"b\":1,\"a-b\":1,\"ab\":1}"))
                .isEqualTo("a-b: 1\na9: 1\na10: 1\nab: 1\nb: 1\n");
    }
}
