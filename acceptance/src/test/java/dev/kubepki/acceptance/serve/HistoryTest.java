package dev.kubepki.acceptance.serve;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubepki.acceptance.serve.History.Event;
import dev.kubepki.acceptance.serve.History.Feed;
import dev.kubepki.acceptance.serve.History.Listing;
import dev.kubepki.acceptance.serve.History.Read;
import dev.kubepki.acceptance.serve.History.Verb;
import dev.kubepki.acceptance.serve.History.Version;
import dev.kubepki.acceptance.serve.History.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The silence of the history's check counts only if it finds faults that were put there.
class HistoryTest {
    private static final Event A_ADDED = new Event(Verb.ADDED, "a", 11, "a1");
    private static final Event B_ADDED = new Event(Verb.ADDED, "b", 12, "b1");
    private static final Event A_CHANGED = new Event(Verb.MODIFIED, "a", 14, "a2");
    private static final Event B_DELETED = new Event(Verb.DELETED, "b", 15, "b1");
    private static final List<Event> ALL = List.of(A_ADDED, B_ADDED, A_CHANGED, B_DELETED);

    private final List<Write> writes = new ArrayList<>(List.of(
            new Write(1, 4, Verb.ADDED, "a", "a1", 11),
            new Write(2, 5, Verb.ADDED, "b", "b1", 12),
            new Write(6, 8, Verb.MODIFIED, "a", "a2", 14),
            new Write(7, 9, Verb.DELETED, "b", "", 0),
            new Write(7, 9, Verb.ADDED, "c", "c1", Write.UNKNOWN)));
    private final List<Read> reads = new ArrayList<>(
            List.of(new Read(0, 2, "a", 0, ""), new Read(6, 9, "a", 11, "a1"), new Read(10, 11, "a", 14, "a2")));
    private final List<Listing> listings =
            new ArrayList<>(List.of(new Listing(12, 13, 16, Map.of("a", new Version(14, "a2")))));
    private final List<Feed> feeds =
            new ArrayList<>(List.of(new Feed(10, 16, ALL), new Feed(11, 16, ALL.subList(1, 4))));

    private History history() {
        return new History(writes, reads, listings, feeds);
    }

    private void finds(String fault) {
        assertThatThrownBy(history()::check).isInstanceOf(AssertionError.class).hasMessageContaining(fault);
    }

    @Test
    void findsNothingInAGoodHistory() {
        assertThatCode(history()::check).doesNotThrowAnyException();
    }

    @Test
    void findsAWriteThatIsLost() {
        feeds.set(0, new Feed(10, 16, List.of(A_ADDED, B_ADDED, B_DELETED)));
        feeds.set(1, new Feed(11, 16, List.of(B_ADDED, B_DELETED)));
        finds("heard of Write[begin=6");
    }

    @Test
    void findsADeletionThatIsLost() {
        feeds.set(0, new Feed(10, 16, ALL.subList(0, 3)));
        feeds.set(1, new Feed(11, 16, ALL.subList(1, 3)));
        finds("heard of Write[begin=7");
    }

    @Test
    void findsAWriteThatWatchesSawAndTheStateLost() {
        listings.set(0, new Listing(12, 13, 16, Map.of("a", new Version(11, "a1"))));
        finds("list at 16");
    }

    @Test
    void findsARevisionThatTwoWritesHave() {
        writes.set(1, new Write(2, 5, Verb.ADDED, "b", "b1", 11));
        finds("is its own");
    }

    @Test
    void findsARevisionThatTwoWatchesHeardDifferently() {
        feeds.set(1, new Feed(11, 16, List.of(new Event(Verb.ADDED, "b", 12, "b9"), A_CHANGED, B_DELETED)));
        finds("one revision for");
    }

    @Test
    void findsAnEventThatOneWatchMissed() {
        feeds.set(1, new Feed(11, 16, List.of(B_ADDED, B_DELETED)));
        finds("missed by a watch from 11 to 16");
    }

    @Test
    void findsTheLastEventMissed() {
        feeds.set(1, new Feed(11, 16, List.of(B_ADDED, A_CHANGED)));
        finds("missed by a watch from 11 to 16");
    }

    @Test
    void findsAnEventThatIsRepeated() {
        feeds.set(1, new Feed(11, 16, List.of(B_ADDED, A_CHANGED, A_CHANGED, B_DELETED)));
        finds("which a watch heard after 14");
    }

    @Test
    void findsAnEventFromBeforeTheKeptRevision() {
        feeds.set(1, new Feed(11, 16, ALL));
        finds("which a watch heard after 11");
    }

    @Test
    void findsAChangeThatIsMadeTwice() {
        List<Event> twice = new ArrayList<>(ALL);
        twice.add(new Event(Verb.MODIFIED, "a", 16, "a2"));
        feeds.set(0, new Feed(10, 16, twice));
        feeds.set(1, new Feed(11, 16, twice.subList(1, 5)));
        finds("was asked for, once");
    }

    @Test
    void findsEventsOutOfOrder() {
        feeds.set(0, new Feed(10, 16, List.of(A_ADDED, A_CHANGED, B_ADDED, B_DELETED)));
        finds("which a watch heard after 14");
    }

    @Test
    void findsAStaleRead() {
        reads.set(2, new Read(10, 11, "a", 11, "a1"));
        finds("is over at");
    }

    @Test
    void findsAReadThatMissesWhatIsThere() {
        reads.set(0, new Read(6, 7, "a", 0, ""));
        finds("may find nothing");
    }

    @Test
    void findsAStaleList() {
        listings.set(0, new Listing(12, 13, 12, Map.of("a", new Version(11, "a1"), "b", new Version(12, "b1"))));
        finds("revision of a list");
    }

    @Test
    void findsAWriteWithARevisionFromBefore() {
        writes.set(2, new Write(20, 21, Verb.MODIFIED, "a", "a2", 14));
        finds("revision of Write[begin=20");
    }
}
