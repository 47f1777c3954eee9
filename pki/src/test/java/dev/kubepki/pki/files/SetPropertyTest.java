package dev.kubepki.pki.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.pki.cluster.ClusterConfig;
import dev.kubepki.pki.cluster.ClusterDescription;
import dev.kubepki.pki.cluster.ClusterPlan;
import dev.kubepki.pki.cluster.DescriptionText;
import dev.kubepki.pki.cluster.DesiredSet;
import dev.kubepki.pki.cluster.Finding;
import dev.kubepki.pki.cluster.Item;
import dev.kubepki.pki.cluster.Judgement;
import dev.kubepki.pki.cluster.KeyChoice;
import dev.kubepki.pki.cluster.Parsed;
import dev.kubepki.pki.cluster.RandomDescriptions;
import dev.kubepki.pki.cluster.Renewal;
import dev.kubepki.pki.cluster.SetChecks;
import dev.kubepki.pki.cluster.Step;
import dev.kubepki.pki.cluster.ValidityChoice;
import dev.kubepki.pki.key.CryptoProvider;
import dev.kubepki.pki.key.KeyAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a description says: what is made is right, stays right when renewed, and what is spoiled is found.
class SetPropertyTest {
    private static final CryptoProvider PROVIDER = CryptoProvider.fastest();

    @TempDir
    Path dir;

    /// `-Dkubepki.seed=N` repeats one; the seed stands in each test's name.
    static LongStream seeds() {
        Long one = Long.getLong("kubepki.seed");
        return one != null ? LongStream.of(one) : new Random().longs(Integer.getInteger("kubepki.rounds", 12));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everythingMadeIsRightAndKeptAndRenewed(long seed) {
        ClusterConfig config = config(seed);
        DesiredSet desired = DesiredSet.of(config);
        Instant now = Instant.now();

        init(desired, now);
        assertThat(errors(desired, now)).isEmpty();

        ClusterPlan again = ClusterPlan.of(desired, directory(), PROVIDER, now);
        assertThat(again.steps()).allMatch(step -> step instanceof Step.Keep);

        Instant later = now.plus(Duration.ofDays(2 * 365 + new Random(seed).nextInt(900)));
        renew(desired, Renewal.all(desired, directory()), later);
        assertThat(errors(desired, later)).isEmpty();

        Set<String> authorities =
                Set.copyOf(desired.authorities().stream().map(Item::id).toList());
        renew(desired, Renewal.named(desired, directory(), authorities), later.plusSeconds(60));
        assertThat(errors(desired, later.plusSeconds(60))).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everySpoiledFileIsFoundByName(long seed) throws IOException {
        DesiredSet desired = DesiredSet.of(config(seed));
        Instant now = Instant.now();
        init(desired, now);
        Random random = new Random(seed);
        List<Path> files = new ArrayList<>();
        desired.items().forEach(item -> item.output().paths().forEach(p -> files.add(dir.resolve(p))));
        desired.copies().forEach(copy -> files.add(dir.resolve(copy.to())));
        for (int i = 0; i < 5; i++) {
            Path victim = files.get(random.nextInt(files.size()));
            byte[] whole = Files.readAllBytes(victim);
            Files.write(victim, spoil(whole, random));
            String name = dir.relativize(victim).toString();
            assertThat(errors(desired, now))
                    .as("spoiled %s", name)
                    .anyMatch(f -> f.path().equals(name));
            Files.write(victim, whole);
        }
        assertThat(errors(desired, now)).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aDescriptionIsReadBackAsItWasWritten(long seed) {
        ClusterConfig config = new RandomDescriptions(seed).config();
        byte[] text = DescriptionText.of(config).getBytes(StandardCharsets.UTF_8);
        Parsed parsed = ClusterDescription.parse("kubepki.yaml", text, () -> {
            throw new AssertionError("a kept description names its nodes");
        });
        assertThat(parsed).isInstanceOf(Parsed.Valid.class);
        assertThat(((Parsed.Valid) parsed).config()).isEqualTo(config);
    }

    /// Half of the file, another letter in the middle of its base64, nothing at all, or something else.
    private static byte[] spoil(byte[] whole, Random random) {
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        return switch (random.nextInt(3)) {
            case 0 -> java.util.Arrays.copyOf(whole, whole.length / 2);
            case 1 -> new byte[0];
            default ->
                text.replace("-----BEGIN", "-----BEGUN")
                        .replace("-data:", "-date:")
                        .getBytes(StandardCharsets.ISO_8859_1);
        };
    }

    private static ClusterConfig config(long seed) {
        ClusterConfig config = new RandomDescriptions(seed).config();
        return config.withKeys(new KeyChoice(KeyAlgorithm.ECDSA_P256, Map.of()))
                .withValidity(new ValidityChoice(Duration.ofDays(365), Duration.ofDays(3650), Map.of()));
    }

    private PkiDirectory directory() {
        return PkiDirectory.of(FileOperations.disk(), dir, Optional.empty());
    }

    private void init(DesiredSet desired, Instant now) {
        ClusterPlan plan = ClusterPlan.of(desired, directory(), PROVIDER, now);
        assertThat(plan.refusals()).isEmpty();
        apply(desired, plan::steps, now);
    }

    private void renew(DesiredSet desired, Renewal renewal, Instant now) {
        assertThat(renewal.obstacles()).isEmpty();
        apply(desired, renewal::steps, now);
    }

    private void apply(DesiredSet desired, Supplier<Stream<Step>> steps, Instant now) {
        PkiDirectory directory = directory();
        try (DirectoryLock lock = DirectoryLock.acquire(directory.roots())) {
            new SetChange(directory, PROVIDER, new Random(1), now, "test")
                    .keepingBackups()
                    .apply(lock, desired, steps, writer -> {}, made -> {});
        }
    }

    private List<Finding> errors(DesiredSet desired, Instant now) {
        List<Finding> errors = new ArrayList<>(SetChecks.of(desired, directory()));
        Judgement.of(desired, directory(), PROVIDER, now, Judgement.SOON)
                .forEach(judgement -> errors.addAll(judgement.findings()));
        errors.removeIf(finding -> !finding.isError());
        return errors;
    }
}
