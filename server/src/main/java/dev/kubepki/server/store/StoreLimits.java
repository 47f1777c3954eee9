package dev.kubepki.server.store;

/// How much memory a store may spend on what it could read again.
///
/// @param cachedBytes for the values that were used last
/// @param historyBytes for the last changes
public record StoreLimits(long cachedBytes, long historyBytes) {
    /// 32 MiB and 16 MiB; the two often hold the same bytes.
    public static StoreLimits standard() {
        return new StoreLimits(32L << 20, 16L << 20);
    }
}
