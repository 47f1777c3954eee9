package dev.kubepki.server.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Keys from one (included) to another (excluded), in the order of their UTF-8 bytes.
///
/// @param low the first key that may be in it
/// @param high the first key after it; null: there is no end
@SuppressWarnings("ArrayRecordComponent") // asked for what it holds; never compared
record KeyRange(byte[] low, byte @Nullable [] high) {

    /// The keys that start with the prefix and are not less than `from`.
    static KeyRange of(String prefix, String from) {
        byte[] start = bytes(prefix);
        byte[] first = bytes(from);
        return new KeyRange(Arrays.compareUnsigned(first, start) > 0 ? first : start, after(start));
    }

    /// No byte of UTF-8 is 0xFF, so the last one can always be counted up.
    private static byte @Nullable [] after(byte[] prefix) {
        if (prefix.length == 0) {
            return null;
        }
        byte[] after = prefix.clone();
        after[after.length - 1]++;
        return after;
    }

    boolean startsBeyond(byte[] key) {
        return Arrays.compareUnsigned(low, key) > 0;
    }

    boolean endsBefore(byte[] key) {
        return high != null && Arrays.compareUnsigned(key, high) >= 0;
    }

    /// A key's UTF-8 bytes.
    ///
    /// @throws IllegalArgumentException for half a surrogate pair: it has none, and would become another key
    static byte[] bytes(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        for (byte each : bytes) {
            if (each == '?' && !text(bytes).equals(key)) {
                throw new IllegalArgumentException("half a surrogate pair in the key '" + key + "'");
            }
        }
        return bytes;
    }

    static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }
}
