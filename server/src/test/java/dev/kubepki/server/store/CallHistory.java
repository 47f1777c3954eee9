package dev.kubepki.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubepki.server.store.Store.Change;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/// What many callers did at once, and what a watch of everything heard. Revisions put the writes in one order, so it is
/// quickly seen whether that order explains all that was seen, and fits what ended before what began.
///
/// @param start the revision before the first call
/// @param heard all changes since
record CallHistory(long start, List<Call> calls, List<Change> heard) {

    /// @throws AssertionError if the store broke a promise
    void check() {
        checkWatch();
        checkWrites();
        checkTimes();
    }

    /// Each change once, in order, without a gap; each acknowledged write is one of them, and none is another's.
    private void checkWatch() {
        List<Long> revisions = new ArrayList<>();
        for (long revision = start + 1; revision <= start + heard.size(); revision++) {
            revisions.add(revision);
        }
        assertThat(heard)
                .as("changes of the watch")
                .extracting(Change::revision)
                .isEqualTo(revisions);
        List<Long> acknowledged =
                written().stream().map(Call.Written::revision).sorted().toList();
        assertThat(acknowledged).as("acknowledged revisions").isEqualTo(revisions);
    }

    private List<Call.Written> written() {
        return calls.stream()
                .filter(Call.Written.class::isInstance)
                .map(Call.Written.class::cast)
                .toList();
    }

    /// Each write is what its caller gave, made upon what its caller expected.
    private void checkWrites() {
        Map<Long, Change> changes = new HashMap<>();
        heard.forEach(change -> changes.put(change.revision(), change));
        Map<String, Long> before = new HashMap<>();
        Map<Long, Long> found = new HashMap<>();
        for (Change change : heard) {
            found.put(change.revision(), before.getOrDefault(change.key(), 0L));
            before.put(change.key(), change.value().isPresent() ? change.revision() : 0L);
        }
        for (Call.Written write : written()) {
            Change change = Objects.requireNonNull(changes.get(write.revision()), "checked before");
            assertThat(change.key()).as("%s", write).isEqualTo(write.key());
            assertThat(text(change.value())).as("%s", write).isEqualTo(write.value());
            assertThat(found.get(write.revision())).as("found by %s", write).isEqualTo(write.expected());
            assertThat(change.previousRevision()).as("previous of %s", write).isEqualTo(write.expected());
        }
    }

    private static Optional<String> text(Optional<byte[]> value) {
        return value.map(bytes -> new String(bytes, UTF_8));
    }

    /// Nobody sees less than was known when the call began, nor more than had begun when it ended.
    private void checkTimes() {
        TreeMap<Long, Long> begun = newestBegun();
        Map<String, List<Change>> ofKey = new HashMap<>();
        heard.forEach(change ->
                ofKey.computeIfAbsent(change.key(), key -> new ArrayList<>()).add(change));
        PriorityQueue<Known> pending = new PriorityQueue<>(Comparator.comparingLong(Known::since));
        long least = start;
        for (Call call :
                calls.stream().sorted(Comparator.comparingLong(Call::begin)).toList()) {
            while (!pending.isEmpty() && pending.peek().since() < call.begin()) {
                least = Math.max(least, pending.remove().revision());
            }
            var newest = begun.lowerEntry(call.end());
            long most = newest == null ? start : newest.getValue();
            long seen = switch (call) {
                case Call.Written write -> write.revision();
                case Call.Read read -> explained(read, ofKey.getOrDefault(read.key(), List.of()), least);
                case Call.Listed list -> explained(list);
            };
            long lowest = call instanceof Call.Written ? least + 1 : least;
            assertThat(seen).as("revision seen by %s", call).isBetween(lowest, most);
            pending.add(new Known(call.end(), seen));
        }
    }

    /// Since this time it is known that the store is at this revision, or further.
    private record Known(long since, long revision) {}

    /// By time: the newest revision whose write had begun.
    private TreeMap<Long, Long> newestBegun() {
        TreeMap<Long, Long> begun = new TreeMap<>();
        long newest = start;
        for (Call.Written write : written().stream()
                .sorted(Comparator.comparingLong(Call.Written::begin))
                .toList()) {
            newest = Math.max(newest, write.revision());
            begun.put(write.begin(), newest);
        }
        return begun;
    }

    /// The first moment, not before `least`, at which the key was as it was seen.
    private static long explained(Call.Read read, List<Change> changes, long least) {
        long moment = 0;
        Optional<String> value = Optional.empty();
        long there = 0;
        for (Change change : changes) {
            if (change.revision() > least && there == read.revision()) {
                break;
            }
            there = change.value().isPresent() ? change.revision() : 0;
            value = text(change.value());
            moment = change.revision();
        }
        assertThat(there).as("revision of %s after %d", read, least).isEqualTo(read.revision());
        assertThat(value).as("value of %s", read).isEqualTo(read.value());
        return Math.max(moment, least);
    }

    private long explained(Call.Listed list) {
        TreeMap<String, Call.Item> state = new TreeMap<>();
        for (Change change : heard) {
            if (change.revision() <= list.revision() && change.key().startsWith(list.prefix())) {
                state.remove(change.key());
                text(change.value())
                        .ifPresent(value ->
                                state.put(change.key(), new Call.Item(change.key(), change.revision(), value)));
            }
        }
        assertThat(list.items()).as("list at %d", list.revision()).isEqualTo(List.copyOf(state.values()));
        return list.revision();
    }
}
