package dev.kubepki.server.registry;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Uids of objects: RFC 9562, version 4. Random bytes are drawn many at once, as a secure source is slow to be asked.
final class Uids {
    private static final int BYTES = 16;
    private static final int DRAWN = 256 * BYTES;

    private final RandomGenerator random;
    private final byte[] drawn = new byte[DRAWN];
    private int used = DRAWN;

    Uids(RandomGenerator random) {
        this.random = random;
    }

    synchronized String next() {
        if (used == DRAWN) {
            random.nextBytes(drawn);
            used = 0;
        }
        ByteBuffer bytes = ByteBuffer.wrap(drawn, used, BYTES);
        used += BYTES;
        long high = (bytes.getLong() & ~0xF000L) | 0x4000L;
        long low = (bytes.getLong() & ~(3L << 62)) | 2L << 62;
        return new UUID(high, low).toString();
    }
}
