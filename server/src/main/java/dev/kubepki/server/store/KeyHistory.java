package dev.kubepki.server.store;

import java.util.Arrays;
import java.util.function.LongConsumer;

/// The kept writes of one key, oldest first: the revision of a put, the negated revision of a removal. Never changes.
///
/// Most keys have one write, which costs one object; a longer history shares a growing array with its predecessors,
/// each of which only looks at the part that it knows.
final class KeyHistory {
    private static final long[] NONE = {};

    private final byte[] key;
    private final long[] earlier;
    private final int count;
    private final long latest;

    private KeyHistory(byte[] key, long[] earlier, int count, long latest) {
        this.key = key;
        this.earlier = earlier;
        this.count = count;
        this.latest = latest;
    }

    /// A key with its only write.
    static KeyHistory of(byte[] key, long write) {
        return new KeyHistory(key, NONE, 0, write);
    }

    /// With one write more. If this is asked twice, as after a commit that failed, the same number is stored twice.
    KeyHistory then(long write) {
        long[] room = count < earlier.length ? earlier : Arrays.copyOf(earlier, Math.max(1, count * 2));
        room[count] = latest;
        return new KeyHistory(key, room, count + 1, write);
    }

    byte[] key() {
        return key;
    }

    /// The revision of the value that is there now; 0: none.
    long live() {
        return Math.max(latest, 0);
    }

    /// The revision of the value that was there at a revision; 0: none.
    long live(long revision) {
        if (Math.abs(latest) <= revision) {
            return live();
        }
        int index = indexAt(revision);
        return index < 0 ? 0 : Math.max(earlier[index], 0);
    }

    /// The revision of the last write.
    long newest() {
        return Math.abs(latest);
    }

    /// Whether nothing of it can be forgotten, ever.
    boolean isTidy() {
        return count == 0 && latest > 0;
    }

    /// Without the writes that nobody sees who looks at `revision` or later; null when none is left.
    @org.jspecify.annotations.Nullable
    KeyHistory compacted(long revision, LongConsumer forgotten) {
        int seen = newest() <= revision ? count : indexAt(revision);
        if (seen < 0) {
            return this;
        }
        boolean removed = write(seen) < 0;
        int keptFrom = removed ? seen + 1 : seen;
        for (int i = 0; i < keptFrom; i++) {
            forgotten.accept(Math.abs(write(i)));
        }
        if (keptFrom == 0) {
            return this;
        }
        if (keptFrom > count) {
            return null;
        }
        long[] rest = keptFrom == count ? NONE : Arrays.copyOfRange(earlier, keptFrom, count);
        return new KeyHistory(key, rest, rest.length, latest);
    }

    private long write(int index) {
        return index == count ? latest : earlier[index];
    }

    /// The last of the earlier writes that is not newer than the revision; -1: none.
    private int indexAt(long revision) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Math.abs(earlier[middle]) <= revision) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
