package dev.kubepki.server;

import java.util.Arrays;

/// Small numbers by key, ten bytes each: a map of objects would need ten times that. Keys are known by a hash of 64
/// bits
/// alone, which is enough for counting.
final class KeyTable {
    /// Of a place that holds nothing.
    static final short NONE = -1;

    private static final int FIRST = 1024;
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private long[] hashes = new long[FIRST];
    private short[] values = new short[FIRST];
    private int size;

    KeyTable() {
        Arrays.fill(values, NONE);
    }

    /// What stood there before, or [#NONE].
    short put(String key, short value) {
        if (size * 2 >= values.length) {
            grow();
        }
        long hash = hash(key);
        int at = place(hash);
        short before = values[at];
        hashes[at] = hash;
        values[at] = value;
        if (before == NONE) {
            size++;
        }
        return before;
    }

    /// What stood there, or [#NONE].
    short remove(String key) {
        int at = place(hash(key));
        short before = values[at];
        if (before == NONE) {
            return NONE;
        }
        size--;
        values[at] = NONE;
        // What was pushed on by it moves back, so that it is found again.
        int next = next(at);
        while (values[next] != NONE) {
            short moved = values[next];
            long hash = hashes[next];
            values[next] = NONE;
            int to = place(hash);
            hashes[to] = hash;
            values[to] = moved;
            next = next(next);
        }
        return before;
    }

    /// Where the hash is, or would be.
    private int place(long hash) {
        int at = (int) (hash ^ hash >>> 32) & values.length - 1;
        while (values[at] != NONE && hashes[at] != hash) {
            at = next(at);
        }
        return at;
    }

    private int next(int at) {
        return at + 1 & values.length - 1;
    }

    private void grow() {
        long[] oldHashes = hashes;
        short[] oldValues = values;
        hashes = new long[oldHashes.length * 2];
        values = new short[oldValues.length * 2];
        Arrays.fill(values, NONE);
        for (int i = 0; i < oldValues.length; i++) {
            if (oldValues[i] != NONE) {
                int to = place(oldHashes[i]);
                hashes[to] = oldHashes[i];
                values[to] = oldValues[i];
            }
        }
    }

    /// FNV-1a, mixed once more.
    private static long hash(String key) {
        long hash = OFFSET;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * PRIME;
        }
        return hash ^ hash >>> 29;
    }
}
