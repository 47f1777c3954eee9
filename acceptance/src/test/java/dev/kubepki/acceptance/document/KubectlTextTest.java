package dev.kubepki.acceptance.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.document.Documents;
import dev.kubepki.pki.document.JsonWriter;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.document.Scalar;
import dev.kubepki.pki.document.Sequence;
import dev.kubepki.pki.document.YamlWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// YAML and JSON of awkward random texts, byte for byte against kubectl's own.
class KubectlTextTest {
    /// Without `<<`, which kubectl writes in a form that it can't read, and without the line separators of Unicode.
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "0",
            "1",
            "9",
            " ",
            "  ",
            ":",
            "#",
            "-",
            "'",
            "\"",
            "\n",
            " \n",
            "\n ",
            "\t",
            ",",
            "[",
            "]",
            "{",
            "}",
            "&",
            "*",
            "!",
            "|",
            ">",
            "%",
            "@",
            "`",
            "?",
            "\\",
            ".",
            "~",
            "=",
            "+",
            "_",
            "e",
            "x",
            "0x",
            "yes",
            "null",
            "2001-01-01",
            "\u00e9",
            "\u00a0",
            "\u6f22",
            "\uD83C\uDF89",
            "word ",
            "many longer words here ");

    @TempDir
    Path dir;

    @Test
    void writesAndReadsAwkwardTextsAsKubectlDoes() throws IOException, InterruptedException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Mapping object = object(random);
        Files.writeString(dir.resolve("object.json"), JsonWriter.compact().write(object));
        Kubectl kubectl = Kubectl.version("1.35", dir);
        String json = patched(kubectl, "json");
        String yaml = patched(kubectl, "yaml");
        assertThat(JsonWriter.indented(4).sorted().write(object))
                .as("seed %d", seed)
                .isEqualTo(json);
        assertThat(YamlWriter.sorted().write(object)).as("seed %d", seed).isEqualTo(yaml);
        assertThat(read(json)).as("seed %d", seed).isEqualTo(object);
        assertThat(read(yaml)).as("seed %d", seed).isEqualTo(object);
    }

    @Test
    void resolvesBareWordsAsKubectlDoes() throws IOException, InterruptedException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> parts = List.of(
                "0", "1", "7", "9", "_", ".", "e", "+", "-", "x", "o", "b", "0x", "yes", "no", "On", "~", "null");
        StringBuilder yaml = new StringBuilder("apiVersion: a.b/v1\nkind: A\nmetadata:\n  name: a\nlist:\n");
        for (int i = 0; i < 2000; i++) {
            yaml.append("- '").append(i).append("'\n- ");
            for (int length = 1 + random.nextInt(5); length > 0; length--) {
                yaml.append(parts.get(random.nextInt(parts.size())));
            }
            yaml.append('\n');
        }
        Files.writeString(dir.resolve("object.json"), yaml);
        assertThat(JsonWriter.indented(4).sorted().write(read(yaml.toString())))
                .as("seed %d", seed)
                .isEqualTo(patched(Kubectl.version("1.35", dir), "json"));
    }

    /// A change of nothing to a local file, which needs no cluster.
    private static String patched(Kubectl kubectl, String form) throws IOException, InterruptedException {
        return kubectl.run("patch", "--local", "-f", "object.json", "--type", "merge", "-p", "{}", "-o", form);
    }

    private static Node read(String text) {
        return Documents.readOne("kubectl", text.getBytes(StandardCharsets.UTF_8))
                .root();
    }

    private static Mapping object(Random random) {
        List<Node> texts = new ArrayList<>();
        List<Node> pairs = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            String text = text(random);
            texts.add(Scalar.of(text));
            // two names only: more may stand in a circle of kubectl's order, whose way out is random
            pairs.add(Mapping.of(text, text(random)).with(text(random), Sequence.of(Scalar.of(i), Mapping.of())));
        }
        return Mapping.of("apiVersion", "a.b/v1")
                .with("kind", "A")
                .with("metadata", Mapping.of("name", "a"))
                .with("pairs", Sequence.of(pairs))
                .with("texts", Sequence.of(texts));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(1 + random.nextInt(40)); length >= 0; length--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }
}
