package dev.kubepki.server.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values that were written or read last, by their revision, up to a number of bytes.
final class ValueCache {
    /// What an entry costs besides its value: the entry itself, its number, the array's head.
    private static final int OVERHEAD = 104;

    private final LinkedHashMap<Long, byte[]> values = new LinkedHashMap<>(16, 0.75f, true);
    private final long most;
    private long size;

    ValueCache(long most) {
        this.most = most;
    }

    synchronized byte @Nullable [] get(long revision) {
        return values.get(revision);
    }

    /// Adds a value; the ones that were not used for longest make room.
    synchronized void put(long revision, byte[] value) {
        if (values.put(revision, value) == null) {
            size += OVERHEAD + value.length;
        }
        Iterator<Map.Entry<Long, byte[]>> oldest = values.entrySet().iterator();
        while (size > most && oldest.hasNext()) {
            size -= OVERHEAD + oldest.next().getValue().length;
            oldest.remove();
        }
    }

    /// Adds a value if there is room: a walk through everything would push out what is needed again.
    synchronized void offer(long revision, byte[] value) {
        if (size + OVERHEAD + value.length <= most) {
            put(revision, value);
        }
    }

    /// Drops a value that was superseded: it is needed rarely.
    synchronized void remove(long revision) {
        byte[] value = values.remove(revision);
        if (value != null) {
            size -= OVERHEAD + value.length;
        }
    }
}
