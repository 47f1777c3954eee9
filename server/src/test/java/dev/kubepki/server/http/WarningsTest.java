package dev.kubepki.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarningsTest {
    @Test
    void escapesQuotesAndDropsWhatCantBePrinted() {
        assertThat(Warnings.headers(List.of("unknown field \"spec.foo\"\n\\é")))
                .containsExactly("299 - \"unknown field \\\"spec.foo\\\"\\\\\"");
    }

    @Test
    void cutsTextsThatAreTooLongTogether() {
        List<String> texts =
                IntStream.range(0, 40).mapToObj(i -> i + "x".repeat(300)).toList();
        assertThat(Warnings.headers(texts)).hasSize(16).allMatch(header -> header.length() <= 264);
    }
}
