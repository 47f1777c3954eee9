package dev.kubepki.pki.fuzz;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.pki.key.KeyFailure;
import dev.kubepki.pki.key.Pem;
import dev.kubepki.pki.x509.X509Failure;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every parser over its seeds and their first mutations; `dev fuzz` goes on from here, led by coverage.
class ForeignBytesTest {
    private static final Seeds SEEDS = new Seeds();
    private static final int ROUNDS = Integer.getInteger("kubepki.mutations", 60);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @ParameterizedTest
    @EnumSource
    void acceptsItsSeeds(FuzzTarget target) {
        assertThat(SEEDS.of(target)).isNotEmpty().anyMatch(target::read);
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 60, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void failsAsDeclaredOnWhateverIsDamaged(FuzzTarget target) {
        for (byte[] sound : SEEDS.of(target)) {
            for (int i = 0; i < ROUNDS; i++) {
                check(target, mutated(sound));
            }
        }
        for (byte[] hostile : hostile()) {
            check(target, hostile);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 60, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatTheFuzzerFoundStaysMended(FuzzTarget target) throws IOException {
        for (int number = 0; ; number++) {
            try (InputStream found = getClass().getResourceAsStream(target + "-" + number)) {
                if (found == null) {
                    return;
                }
                check(target, found.readAllBytes());
            }
        }
    }

    @Test
    void aFailureThatNobodyDeclaredIsNoticed() {
        byte[] cut = "-----BEGIN CERTIFICATE-----\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(FuzzTarget.PEM.read(cut)).isFalse();
        assertThatThrownBy(() -> FuzzTarget.run(Pem::readAll, List.of(X509Failure.class), cut))
                .isInstanceOf(KeyFailure.class);
    }

    private void check(FuzzTarget target, byte[] input) {
        try {
            target.read(input);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(
                    target + ", seed " + seed + ", input "
                            + java.util.HexFormat.of().formatHex(input),
                    e);
        }
    }

    private byte[] mutated(byte[] sound) {
        byte[] bytes = sound.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 ->
                    bytes = DerValues.concatenated(
                            Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at / 2, bytes.length));
                default ->
                    bytes = DerValues.concatenated(
                            Arrays.copyOf(bytes, at),
                            Arrays.copyOfRange(
                                    bytes, Math.min(bytes.length, at + 1 + random.nextInt(8)), bytes.length));
            }
        }
        return bytes;
    }

    /// Small inputs that ask for much.
    private static List<byte[]> hostile() {
        byte[] nested = new byte[60_000];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80;
        }
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n"
                    .formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1));
        }
        return List.of(
                new byte[0],
                new byte[] {0x30},
                new byte[] {0x30, (byte) 0x84, 0x7f, -1, -1, -1},
                new byte[] {0x30, (byte) 0x80, 0, 0},
                nested,
                ascii("[".repeat(60_000)),
                ascii("{\"a\":".repeat(20_000)),
                ascii("- ".repeat(20_000)),
                ascii("-----BEGIN CERTIFICATE-----\n".repeat(2_000)),
                ascii(bomb.toString()),
                ascii("1e999999999"),
                ascii("a: 0x" + "F".repeat(50_000)),
                new byte[] {-2, -1, 0, 0, -1, -1, 0, 0x30});
    }

    private static byte[] ascii(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
