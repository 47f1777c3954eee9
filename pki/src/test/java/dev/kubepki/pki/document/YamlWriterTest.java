package dev.kubepki.pki.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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
}
