package dev.kubepki.pki.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FieldsTest {
    @Test
    void reportsEveryProblemAtOnceWithItsLine() {
        Document document = read("""
                name: 12
                nodes:
                - hostname: a
                  adress: b
                - c
                days: many
                single: maybe
                endpoint: bad
                subnets: {}
                empty: ""
                """);
        Problems problems = document.problems();
        Fields fields = document.fields(problems);
        assertThat(fields.requiredString("name")).isEmpty();
        for (Fields node : fields.each("nodes")) {
            node.string("hostname");
            node.string("address");
            node.refuseUnknown();
        }
        assertThat(fields.integer("days")).isEmpty();
        assertThat(fields.bool("single")).isEmpty();
        assertThat(fields.parsed("endpoint", FieldsTest::refused)).isEmpty();
        assertThat(fields.strings("subnets")).isEmpty();
        assertThat(fields.requiredString("empty")).isEmpty();
        assertThat(fields.requiredString("missing")).isEmpty();
        fields.refuseUnknown();
        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly(
                        "f:1: name: must be text, not a whole number; put it in quotes",
                        "f:1: missing: is missing",
                        "f:4: nodes[0].adress: is not a known field; did you mean address?",
                        "f:5: nodes[1]: must be fields with values, not text",
                        "f:6: days: must be a whole number, not text",
                        "f:7: single: must be true or false, not text",
                        "f:8: endpoint: has no port",
                        "f:9: subnets: must be a list, not a mapping",
                        "f:10: empty: must not be empty");
    }

    @Test
    void readsWhatFits() {
        Document document = read("a: x\nb: 5\nc: no\nd: [u, z]\ne: {f: g}\nh: null\n");
        Problems problems = document.problems();
        Fields fields = document.fields(problems);
        assertThat(fields.string("a")).contains("x");
        assertThat(fields.integer("b")).hasValue(5);
        assertThat(fields.bool("c")).contains(false);
        assertThat(fields.strings("d")).containsExactly("u", "z");
        assertThat(fields.fields("e").orElseThrow().string("f")).contains("g");
        assertThat(fields.string("h")).isEmpty();
        fields.refuseUnknown();
        assertThat(problems.isEmpty()).isTrue();
    }

    private static Integer refused(String text) {
        throw new IllegalArgumentException("has no port");
    }

    private static Document read(String text) {
        return Documents.readOne("f", text.getBytes(StandardCharsets.UTF_8));
    }
}
