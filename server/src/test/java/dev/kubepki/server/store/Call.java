package dev.kubepki.server.store;

import java.util.List;
import java.util.Optional;

/// A call that one of many callers made, with the nanoseconds when it began and ended.
sealed interface Call {
    long begin();

    long end();

    /// An acknowledged write; no value for a removal.
    record Written(long begin, long end, String key, Optional<String> value, long expected, long revision)
            implements Call {}

    /// What somebody saw of a key: by a get, or because it was in a write's way. Revision 0: it was absent.
    record Read(long begin, long end, String key, long revision, Optional<String> value) implements Call {}

    /// A whole list.
    record Listed(long begin, long end, String prefix, long revision, List<Item> items) implements Call {}

    /// An item of a list.
    record Item(String key, long revision, String value) {}
}
