package dev.kubepki.pki.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.document.Documents;
import dev.kubepki.pki.document.Mapping;
import dev.kubepki.pki.document.Node;
import dev.kubepki.pki.verify.LimboRunner.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The validator against x509-limbo. Runs by `dev limbo FILE` alone, which names the corpus.
@Tag("limbo")
class LimboTest {
    private static final String DIVERGENCES = "limbo-divergences.yaml";

    private record Divergence(String expected, String actual, String reason) {}

    @Test
    void judgesEveryCaseAsLimboDoesExceptTheDivergencesWithAReason() throws Exception {
        List<LimboCase> cases = LimboCase.readAll(corpus());
        LimboRunner runner = new LimboRunner();
        List<Outcome> outcomes = cases.stream()
                .filter(limbo -> LimboRunner.skipped(limbo).isEmpty())
                .map(limbo -> runner.run(limbo, LimboRunner.policyFor(limbo)))
                .toList();
        report(cases, outcomes, runner);
        assertThat(cases).as("cases in the corpus").isNotEmpty();
        Map<String, String> found = new TreeMap<>();
        outcomes.stream()
                .filter(o -> !o.isAsExpected())
                .forEach(o -> found.put(o.limbo().id(), verdicts(o)));
        Map<String, String> declared = new TreeMap<>();
        divergences().forEach((id, d) -> declared.put(id, d.expected() + ", got " + d.actual()));
        assertThat(found)
                .as("divergences found, against %s: a new one is a bug, a healed one must leave the file", DIVERGENCES)
                .isEqualTo(declared);
    }

    private static String verdicts(Outcome outcome) {
        return verdict(outcome.limbo().accepted()) + ", got " + verdict(outcome.accepted());
    }

    private static String verdict(boolean accepted) {
        return accepted ? "SUCCESS" : "FAILURE";
    }

    private static Path corpus() {
        String file = System.getProperty("limbo.file", "");
        assertThat(file).as("-Dlimbo.file names x509-limbo's JSON").isNotBlank();
        return Path.of(file);
    }

    private static Map<String, Divergence> divergences() throws IOException {
        try (InputStream in = LimboTest.class.getResourceAsStream(DIVERGENCES)) {
            assertThat(in).as(DIVERGENCES).isNotNull();
            Map<String, Divergence> divergences = new TreeMap<>();
            Mapping root =
                    (Mapping) Documents.readOne(DIVERGENCES, in.readAllBytes()).root();
            for (Node node : root.sequence("divergences").orElseThrow().items()) {
                Mapping entry = (Mapping) node;
                String reason = entry.string("reason").orElse("");
                assertThat(reason).as("a reason for %s", entry.string("id")).isNotBlank();
                divergences.put(
                        entry.string("id").orElseThrow(),
                        new Divergence(
                                entry.string("expected").orElseThrow(),
                                entry.string("actual").orElseThrow(),
                                reason));
            }
            return divergences;
        }
    }

    private static void report(List<LimboCase> cases, List<Outcome> outcomes, LimboRunner runner) {
        Map<String, Long> skipped = cases.stream()
                .map(LimboRunner::skipped)
                .flatMap(Optional::stream)
                .collect(Collectors.groupingBy(LimboRunner.SKIPPED::get, Collectors.counting()));
        System.out.println("x509-limbo: " + cases.size() + " cases");
        skipped.forEach((reason, count) -> System.out.println("  " + count + " skipped: " + reason));
        System.out.println("  " + counts(outcomes) + ", each by its own profile");
        outcomes.stream()
                .filter(o -> !o.isAsExpected())
                .forEach(o -> System.out.println("    " + o.limbo().id() + ": " + verdicts(o) + ": " + o.why()));
        List<Outcome> lenient = outcomes.stream()
                .map(o -> runner.run(o.limbo(), VerificationPolicy.KUBERNETES))
                .toList();
        System.out.println("  " + counts(lenient) + ", all by the default policy");
        lenient.stream()
                .filter(o -> !o.isAsExpected() && !o.accepted())
                .forEach(o -> System.out.println("    " + o.limbo().id() + ": " + verdicts(o) + ": " + o.why()));
        List<Outcome> jdk = outcomes.stream()
                .map(Outcome::limbo)
                .filter(limbo -> !limbo.features().contains("denial-of-service"))
                .map(runner::runJdk)
                .toList();
        System.out.println("  " + counts(jdk) + ", for comparison by the JDK, without the cases that flood it");
    }

    private static String counts(List<Outcome> outcomes) {
        long good = outcomes.stream().filter(Outcome::isAsExpected).count();
        long accepted =
                outcomes.stream().filter(o -> !o.isAsExpected() && o.accepted()).count();
        long rejected = outcomes.size() - good - accepted;
        return outcomes.size() + " run: " + good + " as expected, " + accepted + " unexpectedly accepted, " + rejected
                + " unexpectedly rejected";
    }
}
