package dev.kubepki.server.auth;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Remembers the most recent answers within a bound, so that strangers can't fill the memory: when the younger half is
/// full it becomes the older one, and what was not asked for again is forgotten.
public final class Recent<K, V> {
    private record Halves<K, V>(Map<K, V> younger, Map<K, V> older) {}

    private final int half;
    private final AtomicReference<Halves<K, V>> halves;

    /// @param capacity how many answers it holds at most, about
    public Recent(int capacity) {
        this.half = Math.max(1, capacity / 2);
        this.halves = new AtomicReference<>(new Halves<>(new ConcurrentHashMap<>(), Map.of()));
    }

    /// Null when it is not remembered.
    public @Nullable V get(K key) {
        Halves<K, V> now = halves.get();
        V value = now.younger.get(key);
        if (value == null) {
            value = now.older.get(key);
            if (value != null) {
                put(key, value);
            }
        }
        return value;
    }

    /// Remembers.
    public void put(K key, V value) {
        Halves<K, V> now = halves.get();
        if (now.younger.size() >= half) {
            halves.compareAndSet(now, new Halves<>(new ConcurrentHashMap<>(), now.younger));
            now = halves.get();
        }
        now.younger.put(key, value);
    }

    int size() {
        Halves<K, V> now = halves.get();
        return now.younger.size() + now.older.size();
    }
}
