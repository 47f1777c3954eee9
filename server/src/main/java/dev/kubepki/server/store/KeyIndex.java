package dev.kubepki.server.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// All keys in order with their histories, without values: a B+tree that never changes. A write makes a new one that
/// shares all but a few nodes with the old one, so whoever reads has the keys of one moment, and takes no lock.
///
/// Each node knows how many keys below it have a value now and the newest revision below it, so that counting the keys
/// of a range looks only at its edges and at what was written since.
final class KeyIndex {
    /// Larger nodes make writes copy more, smaller ones make the tree higher.
    private static final int MOST = 64;

    private static final KeyIndex EMPTY = new KeyIndex(null);

    private final @Nullable Node root;

    private KeyIndex(@Nullable Node root) {
        this.root = root;
    }

    static KeyIndex empty() {
        return EMPTY;
    }

    /// An index of histories that are in order.
    static KeyIndex of(List<KeyHistory> ordered) {
        List<Node> level = new ArrayList<>();
        for (List<KeyHistory> part : parts(ordered)) {
            level.add(new Leaf(part.toArray(KeyHistory[]::new)));
        }
        while (level.size() > 1) {
            List<Node> above = new ArrayList<>();
            for (List<Node> part : parts(level)) {
                above.add(new Branch(part.toArray(Node[]::new)));
            }
            level = above;
        }
        return level.isEmpty() ? EMPTY : new KeyIndex(level.getFirst());
    }

    private static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        int each = MOST * 3 / 4;
        for (int i = 0; i < all.size(); i += each) {
            parts.add(all.subList(i, Math.min(all.size(), i + each)));
        }
        return parts;
    }

    /// The history of a key, or null.
    @Nullable
    KeyHistory find(byte[] key) {
        Node node = root;
        while (node instanceof Branch branch) {
            node = branch.children[branch.childOf(key)];
        }
        if (!(node instanceof Leaf leaf)) {
            return null;
        }
        int index = leaf.indexOf(key);
        return index < 0 ? null : leaf.histories[index];
    }

    /// With this history, in the place of the one that its key has.
    KeyIndex with(KeyHistory history) {
        if (root == null) {
            return new KeyIndex(new Leaf(new KeyHistory[] {history}));
        }
        Node[] made = root.with(history);
        return new KeyIndex(made.length == 1 ? made[0] : new Branch(made));
    }

    /// How many keys of the range had a value at the revision.
    long count(KeyRange range, long revision) {
        return root == null ? 0 : root.count(range, revision);
    }

    /// Shows the histories of the range in order, until the visitor has had enough and returns false.
    void walk(KeyRange range, Predicate<KeyHistory> visitor) {
        if (root != null) {
            root.walk(range, visitor);
        }
    }

    /// Without the writes that nobody sees who looks at the revision or later.
    ///
    /// @param forgotten takes the revisions of these writes
    KeyIndex compacted(long revision, LongConsumer forgotten) {
        Node rest = root == null ? null : root.compacted(revision, forgotten);
        while (rest instanceof Branch branch && branch.children.length == 1) {
            rest = branch.children[0];
        }
        return rest == null ? EMPTY : new KeyIndex(rest);
    }

    private abstract static sealed class Node permits Leaf, Branch {
        final KeyHistory first;
        final KeyHistory last;
        long live;
        long newest;
        boolean tidy = true;

        Node(KeyHistory first, KeyHistory last) {
            this.first = first;
            this.last = last;
        }

        abstract Node[] with(KeyHistory history);

        abstract long counted(KeyRange range, long revision);

        abstract boolean walk(KeyRange range, Predicate<KeyHistory> visitor);

        abstract @Nullable Node rebuilt(long revision, LongConsumer forgotten);

        final long count(KeyRange range, long revision) {
            if (range.startsBeyond(last.key()) || range.endsBefore(first.key())) {
                return 0;
            }
            boolean whole = newest <= revision && !range.startsBeyond(first.key()) && !range.endsBefore(last.key());
            return whole ? live : counted(range, revision);
        }

        final @Nullable Node compacted(long revision, LongConsumer forgotten) {
            return tidy ? this : rebuilt(revision, forgotten);
        }
    }

    private static final class Leaf extends Node {
        final KeyHistory[] histories;

        Leaf(KeyHistory[] histories) {
            super(histories[0], histories[histories.length - 1]);
            this.histories = histories;
            for (KeyHistory each : histories) {
                live += each.live() > 0 ? 1 : 0;
                newest = Math.max(newest, each.newest());
                tidy &= each.isTidy();
            }
        }

        /// The key's place, or the place where it belongs, negated and less one.
        int indexOf(byte[] key) {
            int low = 0;
            int high = histories.length - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = Arrays.compareUnsigned(histories[middle].key(), key);
                if (order == 0) {
                    return middle;
                }
                low = order < 0 ? middle + 1 : low;
                high = order < 0 ? high : middle - 1;
            }
            return -(low + 1);
        }

        @Override
        Node[] with(KeyHistory history) {
            int index = indexOf(history.key());
            if (index >= 0) {
                KeyHistory[] same = histories.clone();
                same[index] = history;
                return new Node[] {new Leaf(same)};
            }
            int place = -(index + 1);
            KeyHistory[] more = Arrays.copyOf(histories, histories.length + 1);
            System.arraycopy(histories, place, more, place + 1, histories.length - place);
            more[place] = history;
            if (more.length <= MOST) {
                return new Node[] {new Leaf(more)};
            }
            int half = more.length / 2;
            return new Node[] {
                new Leaf(Arrays.copyOf(more, half)), new Leaf(Arrays.copyOfRange(more, half, more.length))
            };
        }

        @Override
        long counted(KeyRange range, long revision) {
            long count = 0;
            for (KeyHistory each : histories) {
                if (!range.startsBeyond(each.key()) && !range.endsBefore(each.key()) && each.live(revision) > 0) {
                    count++;
                }
            }
            return count;
        }

        @Override
        boolean walk(KeyRange range, Predicate<KeyHistory> visitor) {
            int start = indexOf(range.low());
            for (int i = start < 0 ? -(start + 1) : start; i < histories.length; i++) {
                if (range.endsBefore(histories[i].key()) || !visitor.test(histories[i])) {
                    return false;
                }
            }
            return true;
        }

        @Override
        @Nullable
        Node rebuilt(long revision, LongConsumer forgotten) {
            List<KeyHistory> kept = new ArrayList<>(histories.length);
            for (KeyHistory each : histories) {
                KeyHistory rest = each.compacted(revision, forgotten);
                if (rest != null) {
                    kept.add(rest);
                }
            }
            return kept.isEmpty() ? null : new Leaf(kept.toArray(KeyHistory[]::new));
        }
    }

    private static final class Branch extends Node {
        final Node[] children;

        Branch(Node[] children) {
            super(children[0].first, children[children.length - 1].last);
            this.children = children;
            for (Node each : children) {
                live += each.live;
                newest = Math.max(newest, each.newest);
                tidy &= each.tidy;
            }
        }

        /// The child in which a key is or belongs.
        int childOf(byte[] key) {
            int low = 1;
            int high = children.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (Arrays.compareUnsigned(children[middle].first.key(), key) <= 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low - 1;
        }

        @Override
        Node[] with(KeyHistory history) {
            int index = childOf(history.key());
            Node[] made = children[index].with(history);
            Node[] more = Arrays.copyOf(children, children.length + made.length - 1);
            System.arraycopy(made, 0, more, index, made.length);
            System.arraycopy(children, index + 1, more, index + made.length, children.length - index - 1);
            if (more.length <= MOST) {
                return new Node[] {new Branch(more)};
            }
            int half = more.length / 2;
            return new Node[] {
                new Branch(Arrays.copyOf(more, half)), new Branch(Arrays.copyOfRange(more, half, more.length))
            };
        }

        @Override
        long counted(KeyRange range, long revision) {
            long count = 0;
            for (int i = childOf(range.low()); i < children.length; i++) {
                count += children[i].count(range, revision);
            }
            return count;
        }

        @Override
        boolean walk(KeyRange range, Predicate<KeyHistory> visitor) {
            for (int i = childOf(range.low()); i < children.length; i++) {
                if (!children[i].walk(range, visitor)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        @Nullable
        Node rebuilt(long revision, LongConsumer forgotten) {
            List<Node> kept = new ArrayList<>(children.length);
            for (Node each : children) {
                Node rest = each.compacted(revision, forgotten);
                if (rest != null && (kept.isEmpty() || !merged(kept, rest))) {
                    kept.add(rest);
                }
            }
            return kept.isEmpty() ? null : new Branch(kept.toArray(Node[]::new));
        }

        /// Joins a node to its small neighbour, so that keys that come and go don't leave a forest of stumps.
        private static boolean merged(List<Node> kept, Node next) {
            Node before = kept.getLast();
            if (before instanceof Leaf a
                    && next instanceof Leaf b
                    && a.histories.length + b.histories.length <= MOST / 2) {
                KeyHistory[] both = Arrays.copyOf(a.histories, a.histories.length + b.histories.length);
                System.arraycopy(b.histories, 0, both, a.histories.length, b.histories.length);
                kept.set(kept.size() - 1, new Leaf(both));
                return true;
            }
            if (before instanceof Branch a
                    && next instanceof Branch b
                    && a.children.length + b.children.length <= MOST / 2) {
                Node[] both = Arrays.copyOf(a.children, a.children.length + b.children.length);
                System.arraycopy(b.children, 0, both, a.children.length, b.children.length);
                kept.set(kept.size() - 1, new Branch(both));
                return true;
            }
            return false;
        }
    }
}
