package dev.kubepki.pki.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomDescriptionsTest {
    private static final int ROUNDS = 200;
    private static final Host HOST = new Host("here", List.of(IpAddress.LOOPBACK), List.of());

    @Test
    void everyRandomDescriptionIsValidAndTheyDiffer() {
        long seed = System.nanoTime();
        RandomDescriptions descriptions = new RandomDescriptions(seed);
        Set<Class<?>> topologies = new HashSet<>();
        Set<CaModel> models = EnumSet.noneOf(CaModel.class);
        Set<ClusterConfig> distinct = new HashSet<>();
        for (int i = 0; i < ROUNDS; i++) {
            ClusterConfig config = descriptions.config();
            topologies.add(config.etcd().getClass());
            models.add(config.authorities().model());
            distinct.add(config);
        }
        assertThat(topologies).as("seed %d", seed).hasSize(3);
        assertThat(models).as("seed %d", seed).hasSize(2);
        assertThat(distinct).as("seed %d", seed).hasSizeGreaterThan(ROUNDS * 9 / 10);
        assertThat(new RandomDescriptions(seed).config()).isEqualTo(new RandomDescriptions(seed).config());
    }

    @Test
    void aPlaceholderAnywhereIsNamedWithItsLine() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RandomDescriptions descriptions = new RandomDescriptions(seed);
        for (int i = 0; i < ROUNDS; i++) {
            List<String> lines = new ArrayList<>(descriptions.text().lines().toList());
            List<Integer> candidates = new ArrayList<>();
            for (int line = 0; line < lines.size(); line++) {
                if (lines.get(line).matches(".*(clusterName|Endpoint|addresses|dnsNames|dnsDomain|name|alidity): .*")) {
                    candidates.add(line);
                }
            }
            int chosen = candidates.get(random.nextInt(candidates.size()));
            lines.set(chosen, lines.get(chosen).replaceFirst(": .*", ": <SOME_VALUE>"));
            Parsed parsed = parse(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
            assertThat(parsed).as("seed %d", seed).isInstanceOf(Parsed.Invalid.class);
            assertThat(((Parsed.Invalid) parsed).problems())
                    .as("seed %d, line %d of%n%s", seed, chosen + 1, String.join("\n", lines))
                    .anySatisfy(problem -> {
                        assertThat(problem.line()).isEqualTo(chosen + 1);
                        assertThat(problem.message()).contains("placeholder <SOME_VALUE>");
                    });
        }
    }

    @Test
    void spoiledTextGivesAResultAndNeverAnException() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RandomDescriptions descriptions = new RandomDescriptions(seed);
        String marks = "[]{}:,'\"-#&*!|>%@`\n\t \0<$é0aZ/.";
        for (int i = 0; i < 5 * ROUNDS; i++) {
            StringBuilder text =
                    new StringBuilder(random.nextInt(4) == 0 ? ExampleDescription.text() : descriptions.text());
            for (int spoiled = 1 + random.nextInt(4); spoiled > 0; spoiled--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, marks.charAt(random.nextInt(marks.length())));
                    case 1 -> text.insert(at, marks.charAt(random.nextInt(marks.length())));
                    default -> text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
                }
            }
            Parsed parsed = parse(text.toString().getBytes(StandardCharsets.UTF_8));
            if (parsed instanceof Parsed.Invalid invalid) {
                assertThat(invalid.problems()).as("seed %d%n%s", seed, text).isNotEmpty();
            }
        }
    }

    @Test
    void aHostWhoseNameNoNodeCanHaveIsAProblem() {
        Host host = new Host("my_host", List.of(IpAddress.LOOPBACK), List.of());
        assertThat(ClusterDescription.ofHost(host)).isInstanceOf(Parsed.Invalid.class);
        Parsed good = ClusterDescription.ofHost(HOST);
        assertThat(good)
                .isEqualTo(
                        new Parsed.Valid(ClusterConfig.forHost("here", List.of(IpAddress.LOOPBACK)), good.notices()));
    }

    private static Parsed parse(byte[] content) {
        return ClusterDescription.parse("random.yaml", content, () -> HOST);
    }
}
