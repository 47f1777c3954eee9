package dev.kubepki.server.registry;

import dev.kubepki.server.store.Store;
import dev.kubepki.server.store.Store.Page;
import dev.kubepki.server.store.Store.Stored;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The items of a long list, read from the store while they are gone through, so that never all of them are in memory.
/// Each time they are gone through they are read again, as they were at one revision.
final class PagedItems extends AbstractList<StoredObject> {
    private static final int CHUNK = 500;

    private final Store store;
    private final Resource resource;
    private final Selection selection;
    private final String prefix;
    private final Page first;
    private int size = -1;

    /// @param first the first page, which fixes the revision
    PagedItems(Store store, Resource resource, Selection selection, String prefix, Page first) {
        this.store = store;
        this.resource = resource;
        this.selection = selection;
        this.prefix = prefix;
        this.first = first;
    }

    @Override
    public Iterator<StoredObject> iterator() {
        return new Walk();
    }

    @Override
    public StoredObject get(int index) {
        Iterator<StoredObject> walk = iterator();
        for (int i = 0; i < index; i++) {
            walk.next();
        }
        return walk.next();
    }

    @Override
    public boolean isEmpty() {
        return !iterator().hasNext();
    }

    @Override
    public int size() {
        if (size < 0) {
            size = selection.isEmpty() ? (int) (first.items().size() + first.remaining()) : count();
        }
        return size;
    }

    private int count() {
        int count = 0;
        for (Iterator<StoredObject> walk = iterator(); walk.hasNext(); walk.next()) {
            count++;
        }
        return count;
    }

    private final class Walk implements Iterator<StoredObject> {
        private Page page = first;
        private int position;
        private @Nullable StoredObject next;

        @Override
        public boolean hasNext() {
            while (next == null && advance()) {
                SplicedObject object = Reads.object(page.items().get(position++));
                if (selection.matches(object)) {
                    next = resource.shown(object);
                }
            }
            return next != null;
        }

        /// Whether there is an item at the position, on a further page if need be.
        private boolean advance() {
            while (position == page.items().size() && page.more()) {
                List<Stored> items = page.items();
                page = store.list(prefix, items.getLast().key() + "\u0000", CHUNK, first.revision());
                position = 0;
            }
            return position < page.items().size();
        }

        @Override
        public StoredObject next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            StoredObject found = next;
            next = null;
            return Objects.requireNonNull(found);
        }
    }
}
