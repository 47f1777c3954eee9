package dev.kubepki.server.http;

import dev.kubepki.server.registry.StoredObject;
import dev.kubepki.server.registry.WatchSink;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The last frames that were made: many clients watch the same thing in the same form, and share its bytes.
final class FrameCache {
    private static final int SLOTS = 512;

    private final AtomicReferenceArray<@Nullable Frame> slots = new AtomicReferenceArray<>(SLOTS);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Frame(StoredObject object, WatchSink.Type type, String form, byte[] bytes) {}

    /// @param object the same one for all who watch it
    /// @param form the same text for all whose frames are alike
    @SuppressWarnings({"ReferenceEquality", "EnumOrdinal"}) // the object is shared by all who watch it; a hash
    byte[] get(StoredObject object, WatchSink.Type type, String form, Supplier<byte[]> make) {
        int hash = System.identityHashCode(object) * 31 + form.hashCode() + type.ordinal();
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        Frame known = slots.get(slot);
        if (known != null && known.object == object && known.type == type && known.form.equals(form)) {
            return known.bytes;
        }
        byte[] bytes = make.get();
        slots.set(slot, new Frame(object, type, form, bytes));
        return bytes;
    }
}
