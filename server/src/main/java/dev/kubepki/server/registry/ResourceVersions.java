package dev.kubepki.server.registry;

import dev.kubepki.api.failure.Rendering;
import java.math.BigInteger;
import java.util.Optional;

/// The text form of revisions.
final class ResourceVersions {
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(64);

    private ResourceVersions() {}

    /// Decimal digits, and not more than 64 bits hold.
    static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && complaint(text).isEmpty();
    }

    /// The number; empty and `0` are 0, larger ones than the store can have are its maximum.
    static long parse(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        return text.length() < 19
                ? Long.parseLong(text)
                : new BigInteger(text).min(LARGEST).longValue();
    }

    /// What is wrong with a resourceVersion, as a parser of Go says it.
    static Optional<String> complaint(String text) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        String why = digits ? "value out of range" : "invalid syntax";
        boolean wrong =
                !text.isEmpty() && (!digits || (text.length() > 19 && new BigInteger(text).compareTo(MAX) >= 0));
        String quoted = Rendering.quote(text);
        return wrong
                ? Optional.of("resourceVersion: Invalid value: " + quoted + ": strconv.ParseUint: parsing " + quoted
                        + ": " + why)
                : Optional.empty();
    }
}
