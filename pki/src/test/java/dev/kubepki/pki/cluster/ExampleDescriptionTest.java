package dev.kubepki.pki.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExampleDescriptionTest {
    @Test
    void exampleIsValidWithoutAWarning() {
        Parsed parsed = parse(ExampleDescription.text());
        assertThat(parsed).isInstanceOf(Parsed.Valid.class);
        assertThat(parsed.notices()).isEmpty();
        ClusterConfig config = ((Parsed.Valid) parsed).config();
        assertThat(config.nodes()).hasSize(3 + 1 + 250);
        assertThat(config.etcdMembers()).extracting(ClusterNode::name).containsExactly("etcd-1", "etcd-2", "etcd-3");
    }

    @Test
    void exampleIsStillValidWithExternalEtcd() {
        String text = ExampleDescription.text();
        String external = text.substring(text.indexOf("  # external:"), text.indexOf("\n\n# RSA-2048"))
                .replace("  # ", "  ");
        String changed = text.substring(0, text.indexOf("  # On hosts of its own"))
                + external
                + text.substring(text.indexOf("\n\n# RSA-2048"));
        Parsed parsed = parse(changed);
        assertThat(parsed).as("%s", parsed).isInstanceOf(Parsed.Valid.class);
        assertThat(((Parsed.Valid) parsed).config().etcd()).isInstanceOf(EtcdTopology.External.class);
    }

    @Test
    void exampleNamesEveryFieldAndEveryCertificate() throws IOException {
        Set<String> words = new TreeSet<>();
        Matcher word = Pattern.compile("[a-zA-Z0-9.-]+[a-zA-Z0-9]").matcher(ExampleDescription.text());
        while (word.find()) {
            words.add(word.group());
        }
        for (CertificateName name : CertificateName.values()) {
            assertThat(words).contains(name.label());
        }
        assertThat(words).containsAll(fields());
    }

    /// The readers' sources say which fields there are: every literal of one word in them is the name of one.
    private static Set<String> fields() throws IOException {
        Set<String> fields = new TreeSet<>();
        for (String reader : List.of("OwnFormat", "OwnChoices", "NodeReader", "EtcdReader")) {
            String source = Files.readString(Path.of("src/main/java/dev/kubepki/pki/cluster", reader + ".java"));
            Matcher literal = Pattern.compile("\"([a-z][A-Za-z]+)\"").matcher(source);
            while (literal.find()) {
                fields.add(literal.group(1));
            }
        }
        assertThat(fields).hasSizeGreaterThan(30);
        return fields;
    }

    private static Parsed parse(String text) {
        return ClusterDescription.parse("example.yaml", text.getBytes(StandardCharsets.UTF_8), () -> {
            throw new AssertionError("the example names its nodes");
        });
    }
}
