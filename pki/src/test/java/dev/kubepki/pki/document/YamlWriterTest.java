package dev.kubepki.pki.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class YamlWriterTest {
    @Test
    void sortsNamesAndPutsListsAtTheLevelOfTheirName() {
        Mapping user = Mapping.of("name", "admin").with("groups", Sequence.ofStrings(List.of("a", "b")));
        Mapping root = Mapping.of("users", Sequence.of(user, Mapping.of()))
                .with("a10", 1)
                .with("a9", true)
                .with("none", Scalar.none())
                .with("empty", Sequence.of())
                .with("nested", Sequence.of(Sequence.ofStrings(List.of("x")), Sequence.of()));
        assertThat(YamlWriter.sorted().write(root)).isEqualTo("""
                a9: true
                a10: 1
                empty: []
                nested:
                - - x
                - []
                none: null
                users:
                - groups:
                  - a
                  - b
                  name: admin
                - {}
                """);
    }

    @Test
    void keepsTheGivenOrderOnRequest() {
        Mapping root = Mapping.of("b", "1").with("a", Mapping.ofStrings(Map.of("c", "d")));
        assertThat(YamlWriter.inOrder().write(root)).isEqualTo("b: \"1\"\na:\n  c: d\n");
    }

    @Test
    void readsBackWhatItWrites() {
        Mapping root = Mapping.of("a", "line\n\n")
                .with("b", " x ")
                .with("c", "\u0007\uD83C\uDF89")
                .with("k".repeat(200), "v");
        String text = YamlWriter.sorted().write(root);
        assertThat(Documents.readOne("f", text.getBytes(StandardCharsets.UTF_8)).root())
                .isEqualTo(root);
    }

    /// Both files are kubectl 1.35's answer to one object of awkward strings, names, numbers and their order.
    @Test
    void writesAndReadsByteForByteWhatKubectlDoes() throws IOException {
        byte[] json = resource("written-by-kubectl.json");
        byte[] yaml = resource("written-by-kubectl.yaml");
        Node fromJson = Documents.readOne("json", json).root();
        assertThat(YamlWriter.sorted().write(fromJson)).isEqualTo(new String(yaml, StandardCharsets.UTF_8));
        assertThat(JsonWriter.indented(4).write(fromJson)).isEqualTo(new String(json, StandardCharsets.UTF_8));
        assertThat(Documents.readOne("yaml", yaml).root()).isEqualTo(fromJson);
    }

    @Test
    void survivesNamesThatGoOrdersInCircles() {
        Map<String, Node> values = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            values.put(i % 3 == 0 ? i + "a" : i % 3 == 1 ? "" + i : i + "-", Scalar.of(i));
        }
        Mapping root = Mapping.of(values);
        String text = YamlWriter.sorted().write(root);
        assertThat(Documents.readOne("f", text.getBytes(StandardCharsets.UTF_8)).root())
                .isEqualTo(root);
    }

    @Test
    void replacesHalvesOfSurrogatePairs() {
        Mapping root = Mapping.of("a", "x\uD83C").with("b", "\uDF89\n");
        assertThat(YamlWriter.sorted().write(root)).isEqualTo("a: x\uFFFD\nb: |\n  \uFFFD\n");
        assertThat(JsonWriter.compact().write(root)).isEqualTo("{\"a\":\"x\uFFFD\",\"b\":\"\uFFFD\\n\"}");
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(YamlWriterTest.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }
}
