package dev.kubepki.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every target over its seeds and mutations of them. The seed of a failure is in its message.
class ForeignBytesTest {
    private static final Seeds SEEDS = new Seeds();
    private static final int ROUNDS = Integer.getInteger("kubepki.mutations", 400);
    /// What breaks parsers more often than other bytes do.
    private static final byte[] PIECES = "\"\\{}[]:,0-9eE.&*!|>%@`#'\n \tu\u0000".getBytes(ISO_8859_1);

    private final long seed = Long.getLong("kubepki.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @ParameterizedTest
    @EnumSource
    void acceptsItsSeeds(FuzzTarget target) {
        assertThat(SEEDS.of(target)).isNotEmpty().allMatch(target::read);
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 60, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void refusesOrKeepsWhateverIsDamaged(FuzzTarget target) {
        for (byte[] sound : SEEDS.of(target)) {
            for (int i = 0; i < ROUNDS; i++) {
                check(target, mutated(sound));
            }
        }
    }

    private void check(FuzzTarget target, byte[] input) {
        try {
            target.read(input);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(
                    target + ", seed " + seed + ", input " + HexFormat.of().formatHex(input), e);
        }
    }

    private byte[] mutated(byte[] sound) {
        byte[] bytes = sound.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] = PIECES[random.nextInt(PIECES.length)];
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 3 -> bytes = doubled(bytes, at);
                default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return bytes;
    }

    /// A part of the bytes stands there twice.
    private byte[] doubled(byte[] bytes, int at) {
        int length = Math.min(random.nextInt(30) + 1, bytes.length - at);
        byte[] longer = new byte[bytes.length + length];
        System.arraycopy(bytes, 0, longer, 0, at + length);
        System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
        return longer;
    }
}
