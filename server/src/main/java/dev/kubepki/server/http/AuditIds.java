package dev.kubepki.server.http;

import java.util.UUID;
import java.util.random.RandomGenerator;

/// Names each request, in the log, in the audit log and in its answer.
final class AuditIds {
    /// Longer ones of a client are cut.
    private static final int LONGEST = 64;

    private final RandomGenerator random;

    AuditIds(RandomGenerator random) {
        this.random = random;
    }

    /// The client's own, or a new one.
    String of(ApiRequest request) {
        String given = request.value("Audit-ID");
        if (given.isEmpty() || !isPlain(given)) {
            long high = (random.nextLong() & ~0xF000L) | 0x4000L;
            long low = (random.nextLong() & ~(3L << 62)) | 2L << 62;
            return new UUID(high, low).toString();
        }
        return given.length() > LONGEST ? given.substring(0, LONGEST) : given;
    }

    private static boolean isPlain(String id) {
        return id.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
