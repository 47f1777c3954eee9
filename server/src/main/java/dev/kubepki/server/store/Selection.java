package dev.kubepki.server.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of the index that a list asks for.
///
/// @param keys in order
/// @param revisions of their values
/// @param at the revision at which all is read
/// @param remaining how many keys follow
@SuppressWarnings("ArrayRecordComponent") // on its way into a page; never compared
record Selection(List<byte[]> keys, long[] revisions, long at, long remaining) {

    static Selection of(KeyIndex index, KeyRange range, int limit, long at) {
        List<byte[]> keys = new ArrayList<>();
        List<Long> revisions = new ArrayList<>();
        index.walk(range, history -> {
            long revision = history.live(at);
            if (revision > 0) {
                keys.add(history.key());
                revisions.add(revision);
            }
            return limit == 0 || keys.size() < limit;
        });
        long remaining = limit == 0 || keys.size() < limit ? 0 : index.count(range, at) - keys.size();
        long[] found = revisions.stream().mapToLong(Long::longValue).toArray();
        return new Selection(keys, found, at, remaining);
    }

    Store.Page page(byte[] @Nullable [] values) {
        List<Store.Stored> items = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            byte[] value = values[i];
            if (value != null) {
                items.add(new Store.Stored(KeyRange.text(keys.get(i)), value, revisions[i]));
            }
        }
        return new Store.Page(items, at, remaining > 0, remaining);
    }
}
