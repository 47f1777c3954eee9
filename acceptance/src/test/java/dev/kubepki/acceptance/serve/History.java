package dev.kubepki.acceptance.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/// What many clients did and saw, with the nanoseconds when each call began and ended. Revisions put all changes in one
/// order, so it is quickly seen whether that order explains everything. A name is created once only.
record History(List<Write> writes, List<Read> reads, List<Listing> listings, List<Feed> feeds) {
    enum Verb {
        ADDED,
        MODIFIED,
        DELETED
    }

    /// A change that somebody asked for. The revision is 0 when it was acknowledged without one, and [#UNKNOWN] when no
    /// answer came, so that it may have been made or not.
    ///
    /// @param mark what the object holds afterwards; no two writes leave the same
    record Write(long begin, long end, Verb verb, String name, String mark, long revision) {
        static final long UNKNOWN = -1;
    }

    /// What a name held; revision 0 for nothing.
    record Read(long begin, long end, String name, long revision, String mark) {}

    /// Everything there was.
    record Listing(long begin, long end, long revision, Map<String, Version> items) {}

    record Version(long revision, String mark) {}

    record Event(Verb verb, String name, long revision, String mark) {}

    /// What one watch heard after one revision and up to another, in its order, over as many connections as it took.
    record Feed(long after, long upTo, List<Event> events) {}

    /// @throws AssertionError if the server broke a promise
    void check() {
        feeds.forEach(History::checkOrder);
        TreeMap<Long, Event> changes = changes();
        feeds.forEach(feed -> checkWhole(feed, changes));
        checkAcknowledged(changes);
        checkExplained(changes);
        checkLives(changes);
        checkTimes(changes);
        checkListings(changes);
    }

    private static void checkOrder(Feed feed) {
        long last = feed.after();
        for (Event event : feed.events()) {
            assertThat(event.revision())
                    .as("revision of %s, which a watch heard after %d", event, last)
                    .isGreaterThan(last);
            last = event.revision();
        }
    }

    /// All that any watch heard.
    private TreeMap<Long, Event> changes() {
        TreeMap<Long, Event> changes = new TreeMap<>();
        for (Feed feed : feeds) {
            for (Event event : feed.events()) {
                Event other = changes.putIfAbsent(event.revision(), event);
                assertThat(other == null || other.equals(event))
                        .as("one revision for %s and %s", event, other)
                        .isTrue();
            }
        }
        return changes;
    }

    private static void checkWhole(Feed feed, TreeMap<Long, Event> changes) {
        List<Event> missed = new ArrayList<>(
                changes.subMap(feed.after(), false, feed.upTo(), true).values());
        missed.removeAll(new HashSet<>(feed.events()));
        assertThat(missed)
                .as("missed by a watch from %d to %d", feed.after(), feed.upTo())
                .isEmpty();
    }

    private void checkAcknowledged(TreeMap<Long, Event> changes) {
        Set<Long> used = new HashSet<>();
        Set<String> deleted = new HashSet<>();
        changes.values().stream()
                .filter(event -> event.verb() == Verb.DELETED)
                .forEach(event -> deleted.add(event.name()));
        for (Write write : writes) {
            if (write.revision() > 0) {
                assertThat(used.add(write.revision()))
                        .as("revision of %s is its own", write)
                        .isTrue();
                assertThat(changes.get(write.revision()))
                        .as("heard of %s", write)
                        .isEqualTo(new Event(write.verb(), write.name(), write.revision(), write.mark()));
            } else if (write.revision() == 0) {
                assertThat(deleted).as("heard of %s", write).contains(write.name());
            }
        }
    }

    /// Nothing happened that nobody asked for, and nothing twice.
    private void checkExplained(TreeMap<Long, Event> changes) {
        Set<List<Object>> asked = new HashSet<>();
        writes.forEach(write -> asked.add(what(write.verb(), write.name(), write.mark())));
        for (Event event : changes.values()) {
            List<Object> what = what(event.verb(), event.name(), event.mark());
            assertThat(event.verb() == Verb.DELETED ? asked.contains(what) : asked.remove(what))
                    .as("%s was asked for, once", event)
                    .isTrue();
        }
    }

    private static List<Object> what(Verb verb, String name, String mark) {
        return List.of(verb, name, verb == Verb.DELETED ? "" : mark);
    }

    private static void checkLives(TreeMap<Long, Event> changes) {
        Map<String, Verb> before = new HashMap<>();
        for (Event event : changes.values()) {
            Verb last = before.put(event.name(), event.verb());
            boolean fits = event.verb() == Verb.ADDED ? last == null : last != null && last != Verb.DELETED;
            assertThat(fits).as("%s after %s", event, last).isTrue();
        }
    }

    /// Something that a client knew from a time on: the server is at this revision, or further.
    private record Known(long since, long revision) {}

    private record Call(long begin, long end, Object what) {}

    /// Nobody sees less than was known when the call began, and no write falls behind what was known.
    private void checkTimes(TreeMap<Long, Event> changes) {
        Map<String, List<Event>> lives = new HashMap<>();
        changes.values()
                .forEach(event -> lives.computeIfAbsent(event.name(), name -> new ArrayList<>())
                        .add(event));
        List<Call> calls = new ArrayList<>();
        writes.forEach(write -> calls.add(new Call(write.begin(), write.end(), write)));
        reads.forEach(read -> calls.add(new Call(read.begin(), read.end(), read)));
        listings.forEach(listing -> calls.add(new Call(listing.begin(), listing.end(), listing)));
        calls.sort(Comparator.comparingLong(Call::begin));
        PriorityQueue<Known> pending = new PriorityQueue<>(Comparator.comparingLong(Known::since));
        long least = 0;
        for (Call call : calls) {
            while (!pending.isEmpty() && pending.peek().since() < call.begin()) {
                least = Math.max(least, pending.remove().revision());
            }
            long seen = switch (call.what()) {
                case Write write -> written(write, lives.getOrDefault(write.name(), List.of()), least);
                case Read read -> read(read, lives.getOrDefault(read.name(), List.of()), least);
                case Listing listing -> listed(listing, least);
                default -> throw new IllegalStateException();
            };
            pending.add(new Known(call.end(), seen));
        }
    }

    /// What is known once the write was acknowledged.
    private static long written(Write write, List<Event> life, long least) {
        if (write.revision() > 0) {
            assertThat(write.revision()).as("revision of %s", write).isGreaterThan(least);
            return write.revision();
        }
        return write.revision() == 0 ? life.getLast().revision() : 0;
    }

    private long read(Read read, List<Event> life, long least) {
        if (read.revision() == 0) {
            boolean never = life.isEmpty() || life.getFirst().revision() > least;
            boolean gone = writes.stream()
                    .anyMatch(write -> write.verb() == Verb.DELETED
                            && write.name().equals(read.name())
                            && write.begin() < read.end());
            assertThat(never || gone)
                    .as("%s may find nothing after %d", read, least)
                    .isTrue();
            return 0;
        }
        int at = 0;
        while (at < life.size() && life.get(at).revision() != read.revision()) {
            at++;
        }
        assertThat(at).as("%s shows what was written", read).isLessThan(life.size());
        assertThat(life.get(at).mark()).as("%s", read).isEqualTo(read.mark());
        if (at + 1 < life.size()) {
            assertThat(life.get(at + 1).revision()).as("%s is over at", read).isGreaterThan(least);
        }
        return read.revision();
    }

    private static long listed(Listing listing, long least) {
        assertThat(listing.revision()).as("revision of a list").isGreaterThanOrEqualTo(least);
        return listing.revision();
    }

    private void checkListings(TreeMap<Long, Event> changes) {
        Map<String, Version> state = new HashMap<>();
        long at = 0;
        for (Listing listing : listings.stream()
                .sorted(Comparator.comparingLong(Listing::revision))
                .toList()) {
            for (Event event :
                    changes.subMap(at, false, listing.revision(), true).values()) {
                if (event.verb() == Verb.DELETED) {
                    state.remove(event.name());
                } else {
                    state.put(event.name(), new Version(event.revision(), event.mark()));
                }
            }
            at = listing.revision();
            assertThat(listing.items()).as("list at %d", at).isEqualTo(state);
        }
    }
}
